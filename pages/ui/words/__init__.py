"""What is said in words: the texts a teacher may change, the glossary, numbers and plurals."""
