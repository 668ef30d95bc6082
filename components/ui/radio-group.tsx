import clsx from "clsx";
import type { ReactNode } from "react";
import { controlOf, FieldNotes, type FieldProps } from "./field";

export type RadioOption = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean };

type RadioGroupProps = FieldProps & {
  options: readonly RadioOption[];
  defaultValue?: string | undefined;
  /** "segmented" for two to five short words; "list" when each choice needs a sentence. */
  look?: "segmented" | "list";
  required?: boolean;
};

/** Native radio buttons: arrow keys move, the form carries the value, no script needed. */
export function RadioGroup({
  options,
  defaultValue,
  look = "segmented",
  required,
  ...field
}: RadioGroupProps) {
  const control = controlOf(field);
  const segmented = look === "segmented";
  return (
    <fieldset
      id={control.id}
      tabIndex={-1}
      aria-describedby={control["aria-describedby"]}
      className={clsx("min-w-0 outline-none", field.className)}
    >
      <legend className={clsx("mb-1.5 text-sm font-medium", field.hideLabel && "sr-only")}>
        {field.label}
        {field.optional && <span className="ml-1.5 font-normal text-muted">optional</span>}
      </legend>
      <div
        key={defaultValue}
        className={
          segmented
            ? "inline-flex max-w-full flex-wrap rounded-md border border-control bg-surface p-0.5"
            : "grid gap-2"
        }
      >
        {options.map((option) => (
          <label
            key={option.value}
            className={clsx(
              "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
              segmented
                ? "relative flex min-h-8 items-center rounded-sm px-3 text-sm text-muted hover:text-ink max-md:min-h-10 has-checked:bg-accent has-checked:font-medium has-checked:text-on-accent"
                : "flex items-start gap-2.5 rounded-md border border-line p-3 text-sm has-checked:border-accent has-checked:bg-accent-soft",
              option.disabled && "opacity-50",
            )}
          >
            <input
              type="radio"
              name={field.name}
              value={option.value}
              defaultChecked={option.value === defaultValue}
              disabled={option.disabled}
              required={required}
              className={segmented ? "absolute inset-0 cursor-pointer opacity-0" : "mt-0.5 size-4 shrink-0"}
            />
            <span>
              <span className={segmented ? undefined : "font-medium"}>{option.label}</span>
              {option.hint && !segmented && <span className="block text-muted">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      <FieldNotes id={control.id} hint={field.hint} error={field.error} />
    </fieldset>
  );
}
