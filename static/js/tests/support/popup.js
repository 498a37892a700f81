// Popups whose answers are in the test's hand.

import { Cards } from "#map/card.js";
import { Popups } from "#map/popup.js";
import { promised } from "./net.js";
import { page, settle } from "./page.js";
import { families, HOSTILE, place, point, t } from "./samples.js";

// A popup for points, in the page; `answers` holds the hand of each question about a place.
export function open(points, { isEmbed = false } = {}) {
  const document = page();
  const answers = [];
  const api = {
    place: (id) => {
      answers.push({ id, ...promised() });
      return answers.at(-1).promise;
    },
  };
  const cards = new Cards({ t, language: "ru", isEmbed });
  const [places, closed] = [[], []];
  const popups = new Popups({ cards, families, api, t });
  const on = { onClose: () => closed.push("x"), onPlace: (id) => places.push(id) };
  const content = popups.forSpot({ lat: 41, lon: 44, points }, on);
  document.body.append(content);
  return { content, answers, places, closed, find: (selector) => content.querySelector(selector) };
}

export async function answered(popup, more, at = 0) {
  popup.answers[at].resolve(place(more));
  await settle();
}

export const A = point("a", 44, 41, { title: "Дом" });
export const B = point("b", 44, 41, { title: HOSTILE, count: 4, stale: true });
