// A breath between two pieces of work: what the visitor has pressed meanwhile comes first.

export function breath() {
  return new Promise((done) => setTimeout(done));
}
