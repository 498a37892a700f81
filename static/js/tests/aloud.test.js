import assert from "node:assert/strict";
import test from "node:test";

import { installAloud, voiceFor } from "#lib/aloud.js";
import { page, settle } from "./support/page.js";

const OWN = { lang: "ru-RU", localService: true };
const REMOTE = { lang: "ru-RU", localService: false };
const TOLD = [
  { text: "Дом у реки", lang: "ru" },
  { text: "Testi", lang: "uz" },
  { text: "Телефон: + 9 9 5", lang: "ru" },
];

class Speech {
  constructor(voices) {
    this.voices = voices;
    this.said = [];
    this.cancelled = 0;
  }
  getVoices() {
    return this.voices;
  }
  speak(utterance) {
    this.said.push(utterance);
  }
  cancel() {
    this.cancelled += 1;
  }
}

async function open(voices) {
  const document = page(`
    <script type="application/json" id="aloud">${JSON.stringify(TOLD)}</script>
    <button data-aloud data-stop="Остановить" hidden><span data-aloud-word>Прочитать вслух</span></button>
    <span data-aloud-heard hidden><button data-aloud-yes></button><button data-aloud-no></button></span>`);
  document.documentElement.lang = "ru";
  window.SpeechSynthesisUtterance = class extends window.EventTarget {
    constructor(text) {
      super();
      this.text = text;
    }
  };
  const speech = new Speech(voices);
  await installAloud(document, speech);
  await settle();
  const find = (selector) => document.querySelector(selector);
  return { document, speech, button: find("[data-aloud]"), heard: find("[data-aloud-heard]"), find };
}

test("there is a button only where the device itself has a voice of the language", async () => {
  assert.equal((await open([OWN])).button.hidden, false);
  assert.equal((await open([REMOTE])).button.hidden, true);
  assert.equal((await open([{ lang: "en-US", localService: true }])).button.hidden, true);
  assert.equal(voiceFor([REMOTE, OWN], "ru"), OWN);
});

test("what the device has no voice for is left out, and each sentence names its language", async () => {
  const { speech, button } = await open([OWN]);
  button.click();
  assert.deepEqual(
    speech.said.map((one) => [one.text, one.lang]),
    [
      ["Дом у реки", "ru-RU"],
      ["Телефон: + 9 9 5", "ru-RU"],
    ],
  );
});

test("the first press asks whether it is heard; no hides the button and stops", async () => {
  const { speech, button, heard, find } = await open([OWN]);
  button.click();
  assert.equal(heard.hidden, false);
  assert.equal(find("[data-aloud-word]").textContent, "Остановить");
  const before = speech.cancelled;
  find("[data-aloud-no]").click();
  assert.deepEqual([heard.hidden, button.hidden, speech.cancelled > before], [true, true, true]);
});

test("a second press stops, and a page that is left is silent", async () => {
  const { speech, button, find } = await open([OWN]);
  button.click();
  button.click();
  assert.equal(find("[data-aloud-word]").textContent, "Прочитать вслух");
  const before = speech.cancelled;
  window.dispatchEvent(new window.Event("pagehide"));
  assert.equal(speech.cancelled, before + 1);
});
