"""How the screens of the learning centre fill the inputs of its actions."""
