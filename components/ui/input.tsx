import clsx from "clsx";
import type { ComponentProps } from "react";
import { Field, type FieldProps } from "./field";

/** The bare control; nearly always TextField is meant. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={clsx("control", className)} {...rest} />;
}

type InputAttributes = Omit<ComponentProps<"input">, "name" | "id" | "className">;

/** One line of text, or any other input `type`: email, password, url, date, search. */
export function TextField({
  name,
  label,
  id,
  hint,
  error,
  optional,
  hideLabel,
  className,
  ...rest
}: FieldProps & InputAttributes) {
  return (
    <Field {...{ name, label, id, hint, error, optional, hideLabel, className }}>
      {(control) => <Input {...rest} {...control} />}
    </Field>
  );
}

/** Whole numbers such as views: the number keyboard on a phone, grouping marks allowed while typing. */
export function CountField(props: FieldProps & InputAttributes) {
  return <TextField inputMode="numeric" autoComplete="off" {...props} />;
}

/** A calendar day, 'YYYY-MM-DD' on the wire. */
export function DayField(props: FieldProps & Omit<InputAttributes, "type">) {
  return <TextField {...props} type="date" />;
}
