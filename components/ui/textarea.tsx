import clsx from "clsx";
import type { ComponentProps } from "react";
import { Field, type FieldProps } from "./field";

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea rows={3} className={clsx("control field-sizing-content max-h-80", className)} {...rest} />;
}

export function TextareaField({
  name,
  label,
  id,
  hint,
  error,
  optional,
  hideLabel,
  className,
  ...rest
}: FieldProps & Omit<ComponentProps<"textarea">, "name" | "id" | "className">) {
  return (
    <Field {...{ name, label, id, hint, error, optional, hideLabel, className }}>
      {(control) => <Textarea {...rest} {...control} />}
    </Field>
  );
}
