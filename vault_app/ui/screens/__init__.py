"""The screens: each is the one selection and one way to look at it."""
