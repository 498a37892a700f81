// Written by `bin/manage write_filter_names` from what `directory` declares; change it there.

// Filters that an address may carry, in its order.
export const FILTERS = [
  "service",
  "group",
  "status",
  "language",
  "country",
  "city",
  "cost",
  "documents",
  "anonymous",
  "insurance",
  "intake",
  "delivery",
  "attribute",
  "open",
  "checked",
  "capacity",
  "place_kind",
  "organization",
];

// Those that mean another part of the world.
export const PLACES = ["country", "city", "organization"];

// Orders of the list, the usual one first.
export const SORTS = ["best", "distance", "checked"];

// How any value is written.
export const CODE = /^[-0-9A-Za-z_]{1,80}$/;
