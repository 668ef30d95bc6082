"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { controlOf, FieldNotes } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Slider } from "@/lib/explorer-fields";

type ScenarioFieldProps = {
  name: string;
  label: string;
  unit: string;
  text: string;
  slider: Slider;
  /** The slider's value as it is read out. */
  said: string;
  hint?: ReactNode;
  error?: string | undefined;
  onText: (text: string) => void;
  onSlide: (at: number) => void;
  /** null: it stands where it began. */
  onReset: (() => void) | null;
};

/** One circumstance: a slider to try, a field to be exact, and the way back. */
export function ScenarioField(props: ScenarioFieldProps) {
  const { name, label, unit, text, slider, said, hint, error, onText, onSlide, onReset } = props;
  const control = controlOf({ name, label, hint, error });
  return (
    <div className="min-w-0">
      <div className="flex min-h-9 items-center justify-between gap-3">
        <label htmlFor={control.id} className="text-sm font-medium">
          {label}
        </label>
        {onReset && (
          <Button variant="quiet" size="sm" onClick={onReset} aria-label={`Reset ${label}`}>
            Reset
          </Button>
        )}
      </div>
      <div className="flex items-center gap-3">
        <input
          type="range"
          className="h-6 min-w-0 flex-1 max-md:h-11"
          aria-label={`${label}, slider`}
          aria-valuetext={said}
          min={slider.min}
          max={slider.max}
          step={slider.step}
          value={slider.at}
          onChange={(event) => onSlide(Number(event.target.value))}
        />
        <Input
          {...control}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          className="max-w-32 shrink-0 text-end max-md:max-w-28"
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
        <span className="w-9 shrink-0 text-sm text-muted">{unit}</span>
      </div>
      <FieldNotes id={control.id} hint={hint} error={error} />
    </div>
  );
}
