// What the files that run from disk need of others, as one script: libsodium with Argon2id (the
// holders' file) and an unzipper.  A classic script, so that it runs from file:// and in a worker.
export { unzipSync } from "fflate";
export { default as sodium } from "libsodium-wrappers-sumo";
