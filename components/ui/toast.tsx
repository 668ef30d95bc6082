"use client";

import clsx from "clsx";
import { CircleAlert, CircleCheck, X } from "lucide";
import { useEffect, useRef, useState, useSyncExternalStore, useTransition } from "react";
import { Icon } from "./icon";

export type ToastAction = { label: string; run: () => void | Promise<void> };
export type ToastMessage = { message: string; tone?: "success" | "error"; action?: ToastAction };
type Shown = ToastMessage & { id: number };

/** Long enough to read and to reach Undo; what was done can also be undone from its history afterwards. */
const SECONDS_PLAIN = 6;
const SECONDS_WITH_ACTION = 15;
const MOST_AT_ONCE = 3;

let shown: readonly Shown[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Shown[]) {
  shown = next;
  for (const listener of listeners) listener();
}

/** Says something in passing, with an Undo when `action` is given. Call it from an event or an effect. */
export function showToast(toast: ToastMessage): void {
  lastId += 1;
  set([...shown, { ...toast, id: lastId }].slice(-MOST_AT_ONCE));
}

function dismiss(id: number) {
  set(shown.filter((toast) => toast.id !== id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const NONE: readonly Shown[] = [];

/** Where toasts appear. Stands once in the app's frame, always present, so that screen readers listen to it. */
export function Toaster() {
  const toasts = useSyncExternalStore(
    subscribe,
    () => shown,
    () => NONE,
  );
  return (
    <section
      aria-label="Messages"
      className="pointer-events-none fixed inset-x-0 bottom-20 z-50 flex justify-center px-4 md:bottom-6"
    >
      <ol aria-live="polite" aria-relevant="additions" className="grid w-full max-w-sm gap-2">
        {toasts.map((toast) => (
          <ToastItem key={toast.id} toast={toast} />
        ))}
      </ol>
    </section>
  );
}

function ToastItem({ toast }: { toast: Shown }) {
  const [held, setHeld] = useState(false);
  const [pending, start] = useTransition();
  const icon = toast.tone === "error" ? CircleAlert : CircleCheck;
  const seconds = toast.action ? SECONDS_WITH_ACTION : SECONDS_PLAIN;

  useEffect(() => {
    if (held || pending) return;
    const timer = setTimeout(() => dismiss(toast.id), seconds * 1000);
    return () => clearTimeout(timer);
  }, [held, pending, seconds, toast.id]);

  function act(action: ToastAction) {
    start(async () => {
      await action.run();
      dismiss(toast.id);
    });
  }

  return (
    <li
      className="animate-toast pointer-events-auto flex items-center gap-3 rounded-lg border border-line bg-surface py-2 pr-2 pl-3 text-sm shadow-overlay"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon
        of={icon}
        className={clsx("size-4 shrink-0", toast.tone === "error" ? "text-bad" : "text-good")}
      />
      <span className="min-w-0 flex-1">{toast.message}</span>
      {toast.action && (
        <button
          type="button"
          disabled={pending}
          className="min-h-8 rounded-md px-2 font-medium text-accent hover:bg-accent-soft max-md:min-h-11"
          onClick={() => toast.action && act(toast.action)}
        >
          {pending ? "One moment…" : toast.action.label}
        </button>
      )}
      <button
        type="button"
        aria-label="Dismiss"
        className="touch rounded-md p-1 text-muted hover:bg-sunken hover:text-ink"
        onClick={() => dismiss(toast.id)}
      >
        <Icon of={X} />
      </button>
    </li>
  );
}

/** Shows a toast once for each new `of` (an action's result); nothing while it is null. */
export function ToastOn({ of, ...toast }: ToastMessage & { of: unknown }) {
  const last = useRef<unknown>(null);
  useEffect(() => {
    if (of === null || of === undefined || of === last.current) return;
    last.current = of;
    showToast(toast);
  });
  return null;
}
