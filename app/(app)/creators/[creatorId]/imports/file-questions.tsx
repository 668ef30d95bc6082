"use client";

import { type ReactNode, useState } from "react";
import { CheckboxField } from "@/components/ui/checkbox";
import { DayField, TextField } from "@/components/ui/input";
import { type Option, Select, SelectField } from "@/components/ui/select";
import type { DayOrder } from "@/lib/import/dates";
import type { Need } from "@/lib/import/draft";
import type { ChannelChoice, Preview } from "@/lib/import-preview";
import { type Currency, currencyOf } from "@/lib/model/money";
import { type Day, isDay } from "@/lib/model/month";
import { type Format, type PayoutState, PLATFORMS, type Platform } from "@/lib/model/words";
import type { FileFacts, UploadChoices } from "@/lib/upload";
import type { WizardChoices } from "./import-wizard";

type Read = Extract<Preview, { kind: "read" }>;

type FileQuestionsProps = {
  preview: Read;
  facts: FileFacts | null;
  chosen: UploadChoices;
  choices: WizardChoices;
  /** the creator's own day */
  today: string;
  channelName: string;
  newChannelId: string;
  onChoose: (more: Partial<UploadChoices>) => void;
  onChannelName: (name: string) => void;
};

const DECIMALS: readonly Option[] = [
  { value: ".", label: "Point: 1,234.56" },
  { value: ",", label: "Comma: 1.234,56" },
];
const DAY_ORDERS: readonly Option[] = [
  { value: "dmy", label: "Day first: 31/12/2026" },
  { value: "mdy", label: "Month first: 12/31/2026" },
];
const TWINS: readonly Option[] = [
  { value: "sum", label: "They add up" },
  { value: "first", label: "The first one holds" },
  { value: "last", label: "The last one holds" },
  { value: "keep", label: "Each is real by itself" },
];
const FORMAT_OPTIONS: readonly Option[] = [
  { value: "long", label: "Long videos" },
  { value: "short", label: "Shorts" },
  { value: "live", label: "Live streams" },
];
const STATE_OPTIONS: readonly Option[] = [
  { value: "final", label: "Final" },
  { value: "estimated", label: "Estimated" },
];
/** Where rows of one name differ, only the database sees it; their sum would be nobody's figure. */
const OF_ONE_NAME: readonly string[] = ["first", "last", "keep"];
const NEW = "new";
const NONE = "none";
/** Tables of a person's own, which may tell what no channel earned. */
const OF_ANYTHING: readonly string[] = ["generic", "permille-ledger"];

/** What the file does not tell itself: the channel always, the rest as it needs. */
export function FileQuestions(props: FileQuestionsProps) {
  const { preview, facts, chosen, choices, onChoose } = props;
  const asked = new Set(preview.asks.map(({ what }) => what));
  const { mapping } = preview;
  const isGeneric = mapping !== null;
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <ChannelQuestion {...props} />
        {(asked.has("period") || chosen.period || preview.file.format === "youtube-content") && (
          <PeriodQuestion
            period={chosen.period ?? preview.period}
            isAsked={asked.has("period")}
            onChoose={onChoose}
          />
        )}
        <OpenQuestions {...props} />
        {(asked.has("videoFormat") || chosen.videoFormat) && (
          <SelectField
            name="video-format"
            label="The new videos are"
            hint={`${preview.newVideos.length} are new. The file does not tell.`}
            options={FORMAT_OPTIONS}
            empty="Choose…"
            value={chosen.videoFormat ?? ""}
            onChange={({ target }) =>
              onChoose({ videoFormat: (target.value || undefined) as Format | undefined })
            }
          />
        )}
        {(asked.has("currency") || chosen.currency || needOf(facts, "unitPrice")) && (
          <SelectField
            name="currency"
            label="Currency of the amounts"
            options={choices.currencies}
            empty="Choose…"
            value={chosen.currency ?? ""}
            onChange={({ target }) =>
              onChoose({ currency: (target.value || undefined) as Currency | undefined })
            }
          />
        )}
        {mapping && (
          <SelectField
            name="state"
            label="The amounts are"
            options={STATE_OPTIONS}
            value={mapping.state}
            onChange={({ target }) =>
              onChoose({ mapping: { ...(chosen.mapping ?? mapping), state: target.value as PayoutState } })
            }
          />
        )}
        {(asked.has("decimal") || isGeneric) && (
          <SelectField
            name="decimal"
            label="Decimals follow a"
            options={DECIMALS}
            empty="Choose…"
            value={chosen.decimal ?? mapping?.decimal ?? ""}
            onChange={({ target }) =>
              onChoose({ decimal: (target.value || undefined) as "." | "," | undefined })
            }
          />
        )}
        {(asked.has("dayOrder") || chosen.dayOrder) && (
          <SelectField
            name="day-order"
            label="Dates are written"
            options={DAY_ORDERS}
            empty="Choose…"
            value={chosen.dayOrder ?? ""}
            onChange={({ target }) =>
              onChoose({ dayOrder: (target.value || undefined) as DayOrder | undefined })
            }
          />
        )}
        {(asked.has("twins") || chosen.twins) && (
          <SelectField
            name="twins"
            label="Rows of the same name"
            hint={preview.asks.find(({ what }) => what === "twins")?.message}
            options={TWINS.filter(({ value }) => isOffered(facts, value))}
            empty="Choose…"
            value={chosen.twins ?? ""}
            onChange={({ target }) =>
              onChoose({ twins: (target.value || undefined) as UploadChoices["twins"] })
            }
          />
        )}
      </div>
      {facts?.mojibake && (
        <CheckboxField
          name="repair"
          label={`Repair letters that were read wrongly: “${facts.mojibake.broken}” becomes “${facts.mojibake.repaired}”`}
          hint={`Seen first in line ${facts.mojibake.line}. The file was once opened in a wrong encoding and saved again.`}
          checked={chosen.repair ?? false}
          onChange={({ target }) => onChoose({ repair: target.checked })}
        />
      )}
      {chosen.videoFormat && preview.newVideos.length > 1 && (
        <VideoFormats preview={preview} chosen={chosen} onChoose={onChoose} />
      )}
    </div>
  );
}

/** A need of this kind that the file has, also once it is answered in this page. */
function needOf<What extends Need["what"]>(
  facts: FileFacts | null,
  what: What,
): Extract<Need, { what: What }> | undefined {
  return facts?.needs.find((need): need is Extract<Need, { what: What }> => need.what === what);
}

function isOffered(facts: FileFacts | null, value: string): boolean {
  const options: readonly string[] = needOf(facts, "twins")?.options ?? OF_ONE_NAME;
  return options.includes(value);
}

/** What only some exports leave open: the day they were made, whose rows are meant, what a unit is worth. */
function OpenQuestions({ facts, chosen, today, onChoose }: FileQuestionsProps) {
  const [subject, unit] = [needOf(facts, "subject"), needOf(facts, "unitPrice")];
  // An answered question is no need any more; its options are kept for a change of mind.
  const [subjects, setSubjects] = useState(subject?.options);
  if (subject && subject.options !== subjects) setSubjects(subject.options);
  return (
    <>
      {(needOf(facts, "asOf") || chosen.asOf) && (
        <DayQuestion
          label="Day of the export"
          hint="The day on which you downloaded it."
          value={chosen.asOf}
          today={today}
          onDay={(asOf) => onChoose({ asOf })}
        />
      )}
      {subjects && (
        <SelectField
          name="subject"
          label="Whose rows are meant"
          options={subjects}
          empty="Choose…"
          value={chosen.subject ?? ""}
          onChange={({ target }) => onChoose({ subject: target.value || undefined })}
        />
      )}
      {(unit || chosen.unitPrice) && (
        <UnitPriceQuestion
          key={chosen.unitPrice}
          unit={unit?.unit ?? "unit"}
          suggested={unit?.suggested ?? null}
          value={chosen.unitPrice ?? ""}
          onPrice={(unitPrice) => onChoose({ unitPrice })}
          onSuggested={(unitPrice) => onChoose({ unitPrice, currency: currencyOf("USD") })}
        />
      )}
    </>
  );
}

type DayQuestionProps = {
  label: string;
  hint: string;
  value: Day | undefined;
  today: string;
  onDay: (day: Day) => void;
};

function DayQuestion({ label, hint, value, today, onDay }: DayQuestionProps) {
  const [text, setText] = useState<string>(value ?? "");
  return (
    <DayField
      name="as-of"
      label={label}
      hint={hint}
      max={today}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        // While a year is being typed, days of long ago pass by.
        if (isDay(target.value) && FIRST_DAY <= target.value && target.value <= today) onDay(target.value);
      }}
    />
  );
}

type UnitPriceQuestionProps = {
  unit: string;
  suggested: string | null;
  value: string;
  onPrice: (price: string | undefined) => void;
  onSuggested: (price: string) => void;
};

/** A price that is a convention is offered under its name, never taken unasked. */
function UnitPriceQuestion({ unit, suggested, value, onPrice, onSuggested }: UnitPriceQuestionProps) {
  const [text, setText] = useState(value);
  const send = () => text.trim() !== value && onPrice(text.trim() || undefined);
  return (
    <TextField
      name="unit-price"
      label={`One ${unit} is worth`}
      hint={
        suggested === null ? (
          "As your contract says."
        ) : (
          <>
            As your contract says. Third parties commonly reckon with {suggested} USD, which is no official
            rate.{" "}
            <button type="button" className="link" onClick={() => onSuggested(suggested)}>
              Use {suggested} USD
            </button>
          </>
        )
      }
      inputMode="decimal"
      autoComplete="off"
      value={text}
      onChange={({ target }) => setText(target.value)}
      onBlur={send}
      onKeyDown={({ key }) => key === "Enter" && send()}
    />
  );
}

function ChannelQuestion({
  preview,
  choices,
  channelName,
  newChannelId,
  onChoose,
  onChannelName,
}: FileQuestionsProps) {
  const ofFile = PLATFORMS.find((platform) => preview.file.format.startsWith(`${platform}-`)) ?? null;
  const fitting = choices.channels.filter(({ platform }) => ofFile === null || platform === ofFile);
  const { channel } = preview;
  const newOn: Platform = ofFile ?? "other";
  return (
    <>
      <SelectField
        name="channel"
        label="Channel"
        options={[
          ...fitting,
          { value: NEW, label: "A new channel…" },
          ...(OF_ANYTHING.includes(preview.file.format)
            ? [{ value: NONE, label: "No channel: the creator as a whole" }]
            : []),
        ]}
        {...(channel ? {} : { empty: "Choose…" })}
        value={channel ? (channel.newOn ? NEW : (channel.id ?? NONE)) : ""}
        onChange={({ target }) => onChoose({ channel: choiceOf(target.value, newChannelId, newOn) })}
      />
      {channel?.newOn && (
        <>
          <TextField
            name="channel-name"
            label="Name of the new channel"
            value={channelName}
            maxLength={100}
            autoComplete="off"
            error={channelName.trim() === "" ? "Give the channel a name." : undefined}
            onChange={({ target }) => onChannelName(target.value)}
          />
          {ofFile === null && (
            <SelectField
              name="channel-platform"
              label="Its platform"
              hint="A web site is “Other”."
              options={choices.platforms}
              value={channel.newOn}
              onChange={({ target }) =>
                onChoose({ channel: { id: channel.id, newOn: target.value as Platform } })
              }
            />
          )}
        </>
      )}
    </>
  );
}

function choiceOf(value: string, newId: string, newOn: Platform): ChannelChoice | undefined {
  if (value === NEW) return { id: newId, newOn };
  if (value === NONE) return { id: null, newOn: null };
  return value ? { id: value, newOn: null } : undefined;
}

type PeriodQuestionProps = {
  period: { from: Day; to: Day } | null;
  isAsked: boolean;
  onChoose: FileQuestionsProps["onChoose"];
};

/** Before YouTube, a year is only half typed. */
const FIRST_DAY = "2005-01-01";

function PeriodQuestion({ period, isAsked, onChoose }: PeriodQuestionProps) {
  const [days, setDays] = useState({ from: period?.from as string, to: period?.to as string });
  const from = days.from ?? period?.from ?? "";
  const to = days.to ?? period?.to ?? "";
  function change(next: { from: string; to: string }) {
    setDays(next);
    const { from, to } = next;
    if (isDay(from) && isDay(to) && FIRST_DAY <= from && from <= to) onChoose({ period: { from, to } });
  }
  return (
    <>
      <DayField
        name="from"
        label="First day of the export"
        value={from}
        hint={isAsked ? "As chosen when it was exported." : undefined}
        onChange={({ target }) => change({ from: target.value, to })}
      />
      <DayField
        name="to"
        label="Last day of the export"
        value={to}
        error={
          isDay(from) && isDay(to) && to < from ? "The last day is before the first: swap them." : undefined
        }
        onChange={({ target }) => change({ from, to: target.value })}
      />
    </>
  );
}

/** Where the new videos are of more than one format. */
function VideoFormats({
  preview,
  chosen,
  onChoose,
}: Pick<FileQuestionsProps, "preview" | "chosen" | "onChoose">): ReactNode {
  return (
    <details className="text-sm">
      <summary className="link w-fit">
        Some of the {preview.newVideos.length} new videos are different
      </summary>
      <ul className="mt-3 grid max-h-96 gap-2 overflow-y-auto">
        {preview.newVideos.map(({ externalId, title, format }) => (
          <li key={externalId} className="flex items-center justify-between gap-4">
            <label htmlFor={`format-${externalId}`} className="min-w-0 truncate">
              {title}
            </label>
            <Select
              id={`format-${externalId}`}
              className="w-40 shrink-0"
              options={FORMAT_OPTIONS}
              value={format ?? ""}
              onChange={({ target }) =>
                onChoose({
                  videoFormats: { ...chosen.videoFormats, [externalId]: target.value as Format },
                })
              }
            />
          </li>
        ))}
      </ul>
    </details>
  );
}
