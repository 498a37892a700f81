// Reading aloud, where the device itself has a voice of the language. A voice of the network would send what is read, and
// so what somebody looks for, to a stranger: it is never used, and there is no button then.

const PATIENCE_MS = 2000;
const primary = (tag) => tag.toLowerCase().replace("_", "-").split("-")[0];

export function voiceFor(voices, tag) {
  const own = voices.filter((voice) => voice.localService === true && primary(voice.lang) === primary(tag));
  return own.find((voice) => voice.lang.toLowerCase() === tag.toLowerCase()) ?? own[0] ?? null;
}

// Browsers name their voices late, and some never.
function whenNamed(speech) {
  if (speech.getVoices().length) return Promise.resolve();
  return new Promise((resolve) => {
    speech.addEventListener?.("voiceschanged", resolve, { once: true });
    setTimeout(resolve, PATIENCE_MS);
  });
}

class Aloud {
  constructor(root, button, speech, told) {
    this.button = button;
    this.word = button.querySelector("[data-aloud-word]");
    this.heard = root.querySelector("[data-aloud-heard]");
    this.speech = speech;
    this.told = told;
    this.start = this.word.textContent;
    this.isAsked = false;
    this.isReading = false;
    button.addEventListener("click", () => (this.isReading ? this.stop() : this.read()));
    this.heard.querySelector("[data-aloud-yes]").addEventListener("click", () => this.answer(true));
    this.heard.querySelector("[data-aloud-no]").addEventListener("click", () => this.answer(false));
    // Nobody hears on what they have left.
    window.addEventListener("pagehide", () => this.stop());
  }

  // A sentence for which the device has no voice is left out: another voice would read it as noise.
  read() {
    const voices = this.speech.getVoices();
    const said = this.told.flatMap(({ text, lang }) => {
      const voice = voiceFor(voices, lang);
      return voice ? [{ text, voice }] : [];
    });
    this.speech.cancel();
    this.show(true);
    said.forEach(({ text, voice }, index) => {
      const utterance = new window.SpeechSynthesisUtterance(text);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = 0.9;
      if (index === said.length - 1) utterance.addEventListener("end", () => this.show(false));
      utterance.addEventListener("error", () => this.show(false));
      this.speech.speak(utterance);
    });
    if (!this.isAsked) this.heard.hidden = false;
    this.isAsked = true;
  }

  stop() {
    this.speech.cancel();
    this.show(false);
  }

  show(isReading) {
    this.isReading = isReading;
    this.word.textContent = isReading ? this.button.dataset.stop : this.start;
  }

  // Some devices name a voice that is not there and read in another language.
  answer(isHeard) {
    this.heard.hidden = true;
    if (isHeard) return this.button.focus();
    this.stop();
    this.button.hidden = true;
  }
}

export async function installAloud(root, speech = window.speechSynthesis) {
  const button = root.querySelector("[data-aloud]");
  const told = root.getElementById("aloud");
  if (!(button && told && speech)) return;
  await whenNamed(speech);
  if (!voiceFor(speech.getVoices(), root.documentElement.lang)) return;
  new Aloud(root, button, speech, JSON.parse(told.textContent));
  button.hidden = false;
}
