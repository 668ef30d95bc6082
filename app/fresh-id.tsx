"use client";

import { useEffect, useState } from "react";
import type { ActionState } from "@/lib/model/action-state";

type FreshIdProps = {
  /** randomUUID() of the server page: good for a form that is sent before any script has come. */
  initial: string;
  /** The form's state: a done one makes the next id, a refused one keeps it. */
  state: ActionState<unknown>;
  name?: string;
};

/** The id of the row that this form will make, so that the same form sent twice makes one row. */
export function FreshId({ initial, state, name = "id" }: FreshIdProps) {
  const [id, setId] = useState(initial);
  const done = state.status === "done" ? state : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new `done` is what makes a new id, also at first, since a page from the browser's cache carries a used one
  useEffect(() => setId(randomId()), [done]);
  return <input type="hidden" name={name} value={id} />;
}

/** crypto.randomUUID() exists on https and localhost only; a phone in the same network comes by http. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
