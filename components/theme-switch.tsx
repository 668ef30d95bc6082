"use client";

import { Monitor, Moon, Sun } from "lucide";
import { type ChangeEvent, useId } from "react";
import type { Theme } from "./theme";
import { Icon } from "./ui/icon";

const CHOICES = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "system", label: "As the system", icon: Monitor },
] as const;

const ONE_YEAR = 365 * 24 * 60 * 60;

/** Light, dark, or as the system. The cookie lets the server send the next page in the right colours at once. */
export function ThemeSwitch({ theme }: { theme: Theme }) {
  const name = useId();
  function choose(event: ChangeEvent<HTMLInputElement>) {
    document.documentElement.dataset.theme = event.target.value;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs https, and this runs on http too
    document.cookie = `theme=${event.target.value}; path=/; max-age=${ONE_YEAR}; samesite=lax`;
  }
  return (
    <fieldset className="inline-flex rounded-md border border-line bg-sunken p-0.5">
      <legend className="sr-only">Colours</legend>
      {CHOICES.map(({ value, label, icon }) => (
        <label
          key={value}
          title={label}
          className="relative grid size-7 place-items-center rounded-sm text-muted hover:text-ink has-checked:bg-surface has-checked:text-ink has-checked:shadow-raised has-focus-visible:outline-2 has-focus-visible:outline-accent max-md:size-9"
        >
          <input
            type="radio"
            name={name}
            value={value}
            defaultChecked={value === theme}
            onChange={choose}
            aria-label={label}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          <Icon of={icon} />
        </label>
      ))}
    </fieldset>
  );
}
