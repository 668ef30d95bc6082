import clsx from "clsx";
import type { ComponentProps } from "react";
import { controlOf, FieldNotes, type FieldProps } from "./field";

/** One yes-or-no; the whole line is the target. */
export function CheckboxField({
  name,
  label,
  id,
  hint,
  error,
  className,
  defaultChecked,
  ...rest
}: Omit<FieldProps, "optional" | "hideLabel"> &
  Omit<ComponentProps<"input">, "name" | "id" | "className" | "type">) {
  const control = controlOf({ name, label, id, hint, error });
  return (
    <div className={clsx("min-w-0", className)}>
      <label htmlFor={control.id} className="flex min-h-6 items-start gap-2.5 py-0.5 text-sm max-md:py-2">
        <input
          key={String(defaultChecked ?? false)}
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 max-md:size-5"
          defaultChecked={defaultChecked}
          {...rest}
          {...control}
        />
        <span>{label}</span>
      </label>
      <FieldNotes id={control.id} hint={hint} error={error} />
    </div>
  );
}
