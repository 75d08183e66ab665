"""The language server: what an editor asks about an open review, answered from the text and its playbook.

`desk` and `shelf` keep what was read between keystrokes; `server` and `wire` alone know the protocol.
"""
