// Old syntax on purpose: this file must still parse on a Node that is too old, to say so.

// The oldest Node that every dependency accepts.
var OLDEST_MAJOR = 20;
var OLDEST_MINOR = 19;

/**
 * Judges a Node version such as "20.19.1".
 * @param {string} version
 * @returns {string | null} one sentence for the user, or null when the version will do
 */
export function refuseNode(version) {
  var parts = String(version).split(".").map(Number);
  var major = parts[0] || 0;
  var minor = parts[1] || 0;
  if (major > OLDEST_MAJOR || (major === OLDEST_MAJOR && minor >= OLDEST_MINOR)) return null;
  return (
    "Permille needs Node " +
    OLDEST_MAJOR +
    "." +
    OLDEST_MINOR +
    " or newer and this is Node " +
    version +
    ": install Node 22 or 24 from nodejs.org and run the command again."
  );
}
