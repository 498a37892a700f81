// The map page as templates/maps/_app.html draws it, as far as scripts look at it.

const option = (param, value, name) => `
  <label data-option>
    <input type="checkbox" name="${param}" value="${value}"><span data-option-name>${name}</span>
    <span data-count="${param}:${value}">1</span>
  </label>`;

const panel = (name, params, body) => `
  <details data-panel="${name}" data-params="${params}">
    <summary><span data-chip-text>${name}</span></summary>
    <div class="panel">
      <h2 tabindex="-1" data-panel-title>${name}</h2><button type="button" data-close-panel></button>
      ${body}
      <button type="button" data-clear-panel hidden></button><button data-apply>Show</button>
    </div>
  </details>`;

const branch = (code, name, leaves) => `
  <fieldset data-branch>${option("service", code, name)}
    ${leaves.map(([leaf, words]) => option("service", leaf, words)).join("")}
  </fieldset>`;

const services = `
  <input type="search" data-find>
  ${branch("hiv", "ВИЧ", [
    ["hiv_test", "Экспресс-тест"],
    ["prep", "Доконтактная профилактика"],
  ])}
  ${branch("law", "Право", [["lawyer", "Юрист"]])}
  <p data-nothing hidden></p>`;

const where = `
  <div data-near data-needs-script hidden>
    <button type="button" data-locate></button>
    <input type="text" aria-expanded="false" data-near-input><ul id="near-list" hidden data-near-list></ul>
    <p id="near-error" data-near-error hidden></p>
  </div>
  ${option("country", "GE", "Грузия")}${option("country", "AM", "Армения")}
  <fieldset data-cities>
    <div data-country="GE">${option("city", "ge7qk2", "Тбилиси")}</div>
    <div data-country="AM">${option("city", "am2c8f", "Ереван")}</div>
  </fieldset>`;

// The first screen, as templates/maps/_start.html draws it.
const start = `
  <div data-start-panel>
    <a href="#results" data-skip-start>Skip</a><p data-start-chosen hidden></p>
    <div data-near data-takes-countries data-needs-script hidden>
      <input type="text" id="start-city" aria-expanded="false" data-near-input><ul id="start-list" hidden data-near-list></ul>
      <p id="start-error" data-near-error hidden></p>
    </div>
    <input type="checkbox" data-start-remote>
    <a href="?service=hiv_test,prep" data-need="hiv_test,prep">Test</a>
    <a href="?service=law" data-need="law">Law</a>
    <button type="button" data-all-services>All</button>
  </div>`;

const viewSwitch = `
  <div data-view-switch hidden>
    <button type="button" data-show="list"></button><button type="button" data-show="map" hidden></button>
  </div>`;

const line = `
  <p data-chosen-number hidden><span data-chosen-count></span></p>
  <div data-active></div>
  <form data-filters>${panel("service", "service", services)}${panel("where", "country city near", where)}</form>
  ${viewSwitch}`;

const side = `
  <form action="/ru/search/" method="post" data-search>
    <input type="search" name="q" value=""><button type="button" data-clear-search hidden></button>
    <ul id="q-suggestions" hidden data-suggestions></ul>
  </form>
  <div data-sheet>
    <button type="button" data-sheet-handle aria-expanded="false"></button>
    ${line}
    <div data-sheet-scroll>
    ${start}
    <div class="results-head">
      <h2 tabindex="-1" data-summary></h2>
      <details class="menu"><summary><span data-sort-shown>Best</span></summary>
        <div data-sort-options><a href="?sort=" data-sort="best">Best</a><a href="?sort=distance" data-sort="distance" hidden>Near</a><a href="?sort=checked" data-sort="checked">Name</a></div>
      </details>
    </div>
    <p data-announce></p><p data-understood hidden></p>
    <div data-results>
      <div data-state hidden></div><div data-selected hidden></div><ol data-cards></ol><div data-more></div>
    </div>
    </div>
  </div>`;

const tools = `
  <div data-map></div>
  <button type="button" data-zoom="1"></button><button type="button" data-zoom="-1"></button>
  <button type="button" data-pan-toggle aria-expanded="false"></button>
  <div id="pan-pad" hidden><button type="button" data-pan="0,-1"></button><button type="button" data-pan="1,0"></button></div>
  <details data-legend><summary></summary></details>`;

export const APP = `
  <service-map data-config="map-config" data-view="split">
    <a href="#results" data-skip="[data-summary]">List</a><a href="#map" data-skip="[data-map]">Map</a>
    <div data-side-scroll>${side}</div>${tools}
  </service-map>`;
