import { useSyncExternalStore } from "react";

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", changed);
  };
}

export type Colours = (name: string) => string;

/** Reads the page's colour tokens for the canvas, again whenever the theme changes. */
export function useColours(): Colours {
  // The value is only the signal: it differs between light and dark.
  useSyncExternalStore(subscribe, () => read("--ink"));
  return read;
}

function read(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
