"""The deeds: what a person does, one file per noun, one transaction and one undo step each."""
