"""The values everything else works on: frozen, tuples, no behaviour beyond looking things up."""
