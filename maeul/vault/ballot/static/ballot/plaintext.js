/* The text of a ballot, byte for byte as maeul/vault/ballot/sealing.py writes it. */

const encoder = new TextEncoder();

export const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const unhex = (text) =>
  new Uint8Array(text.match(/../g).map((byte) => parseInt(byte, 16)));

/** `chain0` in hex; the style; `q1=3,7` per question of the style; padded to one length. */
export function compose(manifest, chain0, style, choices) {
  const asked = manifest.styles[style];
  const lines = [hex(chain0), style];
  for (const question of manifest.questions) {
    if (!asked.includes(question.key)) continue;
    const numbers = [...(choices[question.key] || [])].sort((one, other) => one - other);
    lines.push(`${question.key}=${numbers.join(",")}`);
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
