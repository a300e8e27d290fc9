//! Nothing here: the tests compare the checker with inari.
