/* The text of a ballot, byte for byte as maeul/vault/ballot/sealing.py writes it. */

const encoder = new TextEncoder();

export const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const unhex = (text) =>
  new Uint8Array(text.match(/../g).map((byte) => parseInt(byte, 16)));

/** How an answer is written: numbers that were chosen, numbers most wanted first, or pairs of a
    number and its points. */
const written = {
  choose: (numbers) => [...numbers].sort((one, other) => one - other).join(","),
  rank: (numbers) => numbers.join(">"),
  score: (pairs) =>
    pairs
      .filter(([, points]) => points)
      .sort(([one], [other]) => one - other)
      .map(([number, points]) => `${number}:${points}`)
      .join(","),
};

/** `chain0` in hex; the style; `q1=3,7` per question of the style; padded to one length. */
export function compose(manifest, chain0, style, answers) {
  const asked = manifest.styles[style];
  const lines = [hex(chain0), style];
  for (const question of manifest.questions) {
    if (!asked.includes(question.key)) continue;
    lines.push(`${question.key}=${written[question.marking](answers[question.key] || [])}`);
  }
  return pad(encoder.encode(lines.map((line) => `${line}\n`).join("")), manifest.plaintext_bytes);
}

/** ISO 7816-4: one byte 80, then zeros. */
export function pad(text, length) {
  if (text.length >= length) throw new RangeError("the ballot does not fit");
  const padded = new Uint8Array(length);
  padded.set(text);
  padded[text.length] = 0x80;
  return padded;
}
