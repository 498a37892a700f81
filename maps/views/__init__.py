"""Screens of the map: public pages, members' pages, the embed."""
