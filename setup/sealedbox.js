// What the ballot page needs of libsodium's sealed box, as one module without eval.
// seal(bytes, publicKey) -> bytes; both are Uint8Array. Opens with crypto_box_seal_open.
export { seal } from "tweetnacl-sealedbox-js/entrypoint.js";
