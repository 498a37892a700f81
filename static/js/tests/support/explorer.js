// An explorer whose parts note what they are told: see `explore`.

import { promised } from "./net.js";
import { page } from "./page.js";
import { t } from "./samples.js";

const INITIAL = { filters: {}, sort: "", unread: [] };
export const HERE = { lat: 41.7, lon: 44.8, zoom: 9 };

// An explorer whose parts note what they are told; `asked` holds the hand of each question.
export async function explore({
  url = "https://map.test/ru/",
  initial = INITIAL,
  embed = false,
  locked = {},
  words = "",
  left = null,
} = {}) {
  page("", { url });
  const { Explorer } = await import("#map/explorer.js");
  const [asked, told] = [[], []];
  const note =
    (name) =>
    (...values) =>
      told.push([name, ...values]);
  const question = (kind) => (state, more) => {
    asked.push({ kind, state, more, ...promised() });
    return asked.at(-1).promise;
  };
  const parts = {
    view: { home: "home", show: note("show"), fit: note("fit"), where: () => HERE },
    questions: Object.fromEntries(["ask", "more", "pins", "inside"].map((kind) => [kind, question(kind)])),
    filters: { show: note("filters"), showMeant: note("meant"), showCounts: note("counts"), showTotal: note("total") },
    list: Object.fromEntries(
      ["wait", "forget", "render", "fail", "lose", "tellUnread"].map((name) => [name, note(name)]),
    ),
    markers: { update: note("pins") },
    places: {
      placeId: "",
      restore: note("restore"),
      show: async (id) => told.push(["place", id]),
      openCluster: async (_cluster, ask) => ask(),
    },
    search: { set: note("words") },
    start: { isOpen: false, show: note("start"), resume: note("resume") },
    sheet: { stop: "half", moveTo: note("sheet") },
  };
  parts.list.press = { isDown: false, released: () => Promise.resolve() };
  parts.questions.forget = note("forgetAsked");
  Object.assign(parts.view, { markPosition: note("position"), goTo: note("goTo") });
  const explorer = new Explorer(parts, { config: { initial, embed, locked }, t, words, left });
  const of = (name) => told.filter(([said]) => said === name).map(([, ...values]) => values);
  return { explorer, parts, asked, told, of };
}
