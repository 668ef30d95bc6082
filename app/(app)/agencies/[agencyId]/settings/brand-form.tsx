"use client";

import { type ChangeEvent, useActionState, useState } from "react";
import { CheckboxField } from "@/components/ui/checkbox";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { base64Of } from "@/lib/base64";
import { IDLE } from "@/lib/model/action-state";
import { HOUSE, readHex } from "@/lib/model/colour";
import { setBrand } from "./actions";

type BrandFormProps = {
  agencyId: string;
  version: number;
  agencyName: string;
  brand: { name: string; accent: string | null; paper: string | null };
  /** where the logo is served; null: there is none */
  logo: string | null;
};

export function BrandForm({ agencyId, version, agencyName, brand, logo }: BrandFormProps) {
  const [state, action] = useActionState(setBrand, IDLE);
  const [colours, setColours] = useState({ accent: brand.accent ?? "", paper: brand.paper ?? "" });
  const [file, setFile] = useState("");

  async function take(event: ChangeEvent<HTMLInputElement>) {
    const chosen = event.currentTarget.files?.[0];
    setFile(chosen ? base64Of(new Uint8Array(await chosen.arrayBuffer())) : "");
  }
  const colour = (field: "accent" | "paper") => ({
    name: field,
    optional: true,
    autoComplete: "off",
    defaultValue: typedOf(state, field, brand[field] ?? ""),
    error: errorOf(state, field),
    onChange: (event: ChangeEvent<HTMLInputElement>) =>
      setColours({ ...colours, [field]: event.currentTarget.value }),
  });
  return (
    <Form action={action} state={state} keep>
      <input type="hidden" name="agencyId" value={agencyId} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="logo" value={file} />
      <Preview name={brand.name} colours={colours} logo={logo} />
      <TextField
        name="name"
        id="brand-name"
        label="Name on reports"
        optional
        hint={`Empty: ${agencyName}.`}
        autoComplete="off"
        defaultValue={typedOf(state, "name", brand.name === agencyName ? "" : brand.name)}
        error={errorOf(state, "name")}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label="Accent colour"
          hint={`Of headings and lines, as ${HOUSE.accent}.`}
          {...colour("accent")}
        />
        <TextField label="Paper colour" hint={`As ${HOUSE.paper}.`} {...colour("paper")} />
      </div>
      <TextField
        name="chosen"
        label="Logo"
        type="file"
        accept="image/png,image/jpeg"
        optional
        hint="A PNG or JPEG of at most 200 kB and 1024 × 1024 pixels."
        error={errorOf(state, "logo")}
        onChange={take}
      />
      {logo && <CheckboxField name="remove" label="Go without the logo" />}
      <div>
        <SubmitButton pendingLabel="Saving…">Save the look</SubmitButton>
      </div>
      {state.status === "done" && <ToastOn of={state} message={state.message} />}
    </Form>
  );
}

type PreviewProps = {
  name: string;
  colours: { accent: string; paper: string };
  logo: string | null;
};

/** The head of a report, in the colours typed so far: drawn, so that a colour needs no style of its own. */
function Preview({ name, colours, logo }: PreviewProps) {
  const accent = readHex(colours.accent) ?? HOUSE.accent;
  const paper = readHex(colours.paper) ?? HOUSE.paper;
  return (
    <svg
      viewBox="0 0 480 120"
      role="img"
      aria-label={`The head of a report of ${name}`}
      className="w-full rounded-md border border-line"
    >
      <rect width="480" height="120" fill={paper} />
      <rect width="480" height="5" fill={accent} />
      {logo && <image href={logo} x="20" y="24" width="96" height="40" preserveAspectRatio="xMinYMid meet" />}
      <text x={logo ? 130 : 20} y="50" fontSize="20" fontWeight="600" fill={accent}>
        {name}
      </text>
      <text x="20" y="92" fontSize="13" fill={HOUSE.ink}>
        Statement, October 2026
      </text>
      <line x1="20" x2="460" y1="104" y2="104" stroke={accent} />
    </svg>
  );
}
