/** What every form for a new password says beside it. */
export const PASSWORD_HINT =
  "At least 15 characters. A few unrelated words are easy to keep; spaces are welcome.";
