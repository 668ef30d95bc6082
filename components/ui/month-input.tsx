import type { ComponentProps } from "react";
import type { FieldProps } from "./field";
import { TextField } from "./input";

/** A calendar month, 'YYYY-MM' on the wire; browsers without a month picker fall back to typing that. */
export function MonthField(
  props: FieldProps & Omit<ComponentProps<"input">, "name" | "id" | "className" | "type">,
) {
  return <TextField placeholder="YYYY-MM" pattern="\d{4}-\d{2}" {...props} type="month" />;
}
