// Points of a map answer, put together where they stand on the same spot. Pure.

const PLACES = 4; // decimals of a degree: places within about ten metres are one spot

const TOUCH = 0.42; // of the two widths: a little overlap is still two marks
const PIN_SIZE = 34;
const PIN_LIFT = 24; // pixels from the tip of a pin up to its middle

const spotOf = ({ lon, lat }) => `${lon.toFixed(PLACES)},${lat.toFixed(PLACES)}`;

// A place of which other services fit now is another mark.
const pointKey = ({ id, count, family, stale }) => `${id},${count},${family},${stale ? "stale" : ""}`;

// → [{ key, lon, lat, points: […] }] in the order of the answer.
export function spots(points) {
  const found = new Map();
  for (const point of points) {
    const spot = spotOf(point);
    if (!found.has(spot)) found.set(spot, { key: "", lon: point.lon, lat: point.lat, points: [] });
    found.get(spot).points.push(point);
  }
  for (const spot of found.values()) spot.key = `p:${spot.points.map(pointKey).join("+")}`;
  return [...found.values()];
}

// The same spot with other kinds of services is another mark.
export const clusterKey = ({ lon, lat, by_family: byFamily }) =>
  `c:${lon.toFixed(PLACES)},${lat.toFixed(PLACES)}:${Object.entries(byFamily).join(";")}`;

// Which marks to keep, which to take away and which to draw: { stay, leave, come } of keys.
export function changes(before, after) {
  const old = new Set(before);
  const wanted = new Set(after);
  return {
    stay: [...wanted].filter((key) => old.has(key)),
    leave: [...old].filter((key) => !wanted.has(key)),
    come: [...wanted].filter((key) => !old.has(key)),
  };
}

export function clusterSize(count) {
  if (count < 10) return 36;
  return count < 100 ? 42 : 50;
}

// Marks that would lie over each other on the screen become one cluster; `project(lat, lon)` → {x, y} in pixels.
// → { clusters, points } of the same shapes as the answer's.
export function untangled({ clusters, points }, project) {
  const groups = [];
  const marks = [...clusters.map(clusterMark), ...points.map(pointMark)].sort((a, b) => b.count - a.count);
  for (const mark of marks) {
    const { x, y } = project(mark.lat, mark.lon);
    const at = { x, y: y - mark.lift };
    const near = groups.find(
      (group) => Math.hypot(group.at.x - at.x, group.at.y - at.y) < (group.size + mark.size) * TOUCH,
    );
    if (near) join(near, mark);
    else groups.push({ ...mark, at });
  }
  const alone = groups.filter((group) => group.point);
  return { clusters: groups.filter((group) => !group.point), points: alone.map((group) => group.point) };
}

const clusterMark = (cluster) => ({ ...cluster, bbox: [...cluster.bbox], size: clusterSize(cluster.count), lift: 0 });

function pointMark(point) {
  const { lon, lat, count, by_family } = point;
  return { lon, lat, count, by_family, places: 1, bbox: [lon, lat, lon, lat], size: PIN_SIZE, lift: PIN_LIFT, point };
}

function join(group, { bbox: [west, south, east, north], count, places, by_family: byFamily }) {
  group.point = null;
  group.count += count;
  group.by_family = sum(group.by_family, byFamily);
  group.places += places;
  group.size = clusterSize(group.count);
  group.bbox = [
    Math.min(group.bbox[0], west),
    Math.min(group.bbox[1], south),
    Math.max(group.bbox[2], east),
    Math.max(group.bbox[3], north),
  ];
}

function sum(one, other) {
  const families = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...families].map((family) => [family, (one[family] ?? 0) + (other[family] ?? 0)]));
}
