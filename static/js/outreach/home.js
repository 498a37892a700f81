// What home says. Every answer that is not the one hoped for is an error of its own kind.

export class Away extends Error {} // no connection, or home does not work
export class SignedOut extends Error {}
export class Another extends Error {} // somebody else is signed in here
export class Withdrawn extends Error {} // nothing may be kept here any more
export class Unread extends Error {} // home does not understand what was sent

const KINDS = { 400: Unread, 401: SignedOut, 403: SignedOut, 404: SignedOut, 409: Another, 410: Withdrawn };

export async function ask(url, { secret = "", token = "", body } = {}) {
  const headers = { Accept: "application/json" };
  if (secret) headers["X-Outreach-Copy"] = secret;
  if (token) headers["X-CSRFToken"] = token;
  const options = { headers, cache: "no-store" };
  if (body) Object.assign(options, { method: "POST", body: JSON.stringify(body) });
  if (body) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(url, options);
  } catch {
    throw new Away();
  }
  if (answer.redirected) throw new SignedOut();
  if (answer.status !== 200) throw new (KINDS[answer.status] ?? Away)();
  try {
    return await answer.json();
  } catch {
    throw new Away(); // the line was cut in the middle of it
  }
}
