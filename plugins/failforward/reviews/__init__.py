"""From a source to a review: fields, sections, timeline, assumptions."""
