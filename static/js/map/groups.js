// Points of a map answer, put together where they stand on the same spot. Pure.

const PLACES = 4; // decimals of a degree: places within about ten metres are one spot

const TOUCH = 0.42; // of the two widths: a little overlap is still two circles

const spotOf = ({ lon, lat }) => `${lon.toFixed(PLACES)},${lat.toFixed(PLACES)}`;

// → [{ key, lon, lat, points: […] }] in the order of the answer.
export function spots(points) {
  const found = new Map();
  for (const point of points) {
    const spot = spotOf(point);
    if (!found.has(spot)) found.set(spot, { key: "", lon: point.lon, lat: point.lat, points: [] });
    found.get(spot).points.push(point);
  }
  for (const spot of found.values()) spot.key = `p:${spot.points.map((point) => point.id).join("+")}`;
  return [...found.values()];
}

export const clusterKey = ({ lon, lat, count }) => `c:${lon.toFixed(PLACES)},${lat.toFixed(PLACES)}:${count}`;

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

// Clusters that would lie over each other on the screen become one. `project(lat, lon)` → {x, y} in pixels.
export function mergedClusters(clusters, project) {
  const merged = [];
  for (const cluster of [...clusters].sort((a, b) => b.count - a.count)) {
    const point = project(cluster.lat, cluster.lon);
    const near = merged.find((other) => Math.hypot(other.at.x - point.x, other.at.y - point.y) < (clusterSize(other.count) + clusterSize(cluster.count)) * TOUCH);
    if (near) join(near, cluster);
    else merged.push({ ...cluster, bbox: [...cluster.bbox], at: point });
  }
  return merged;
}

function join(into, { bbox: [west, south, east, north], count, places = 0 }) {
  into.count += count;
  into.places = (into.places ?? 0) + places;
  into.bbox = [Math.min(into.bbox[0], west), Math.min(into.bbox[1], south), Math.max(into.bbox[2], east), Math.max(into.bbox[3], north)];
}
