"use client";

import { type ReactNode, useState } from "react";
import { DayField, TextField } from "@/components/ui/input";
import { type Option, Select, SelectField } from "@/components/ui/select";
import type { DayOrder } from "@/lib/import/dates";
import type { ImportChoices, Preview } from "@/lib/import-preview";
import type { Currency } from "@/lib/model/money";
import { type Day, isDay } from "@/lib/model/month";
import type { Format, PayoutState, Platform } from "@/lib/model/words";
import type { WizardChoices } from "./import-wizard";

type Read = Extract<Preview, { kind: "read" }>;

type FileQuestionsProps = {
  preview: Read;
  chosen: ImportChoices;
  choices: WizardChoices;
  channelName: string;
  newChannelId: string;
  onChoose: (more: Partial<ImportChoices>) => void;
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
const NEW = "new";

/** What the file does not tell itself: the channel always, the rest as it needs. */
export function FileQuestions(props: FileQuestionsProps) {
  const { preview, chosen, choices, onChoose } = props;
  const asked = new Set(preview.asks.map(({ what }) => what));
  const { mapping } = preview;
  const isGeneric = mapping !== null;
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <ChannelQuestion {...props} />
        {preview.file.format === "youtube-content" && (
          <PeriodQuestion period={preview.period} isAsked={asked.has("period")} onChoose={onChoose} />
        )}
        {(asked.has("videoFormat") || chosen.videoFormat) && (
          <SelectField
            name="video-format"
            label="The new videos are"
            hint={`${preview.newVideos.length} are new. YouTube's table does not tell.`}
            options={FORMAT_OPTIONS}
            empty="Choose…"
            value={chosen.videoFormat ?? ""}
            onChange={({ target }) =>
              onChoose({ videoFormat: (target.value || undefined) as Format | undefined })
            }
          />
        )}
        {(asked.has("currency") || chosen.currency) && (
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
            label="Rows of the same month"
            hint={preview.asks.find(({ what }) => what === "twins")?.message}
            options={TWINS}
            empty="Choose…"
            value={chosen.twins ?? ""}
            onChange={({ target }) =>
              onChoose({ twins: (target.value || undefined) as ImportChoices["twins"] })
            }
          />
        )}
      </div>
      {chosen.videoFormat && preview.newVideos.length > 1 && (
        <VideoFormats preview={preview} chosen={chosen} onChoose={onChoose} />
      )}
    </div>
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
  const isOfYoutube = preview.file.format.startsWith("youtube-");
  const fitting = choices.channels.filter(({ platform }) => !isOfYoutube || platform === "youtube");
  const { channel } = preview;
  const newOn: Platform = isOfYoutube ? "youtube" : "other";
  return (
    <>
      <SelectField
        name="channel"
        label="Channel"
        options={[...fitting, { value: NEW, label: "A new channel…" }]}
        {...(channel ? {} : { empty: "Choose…" })}
        value={channel ? (channel.newOn ? NEW : channel.id) : ""}
        onChange={({ target }) =>
          onChoose({
            channel:
              target.value === NEW
                ? { id: newChannelId, newOn }
                : target.value
                  ? { id: target.value, newOn: null }
                  : undefined,
          })
        }
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
          {!isOfYoutube && (
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
        hint={isAsked ? "As chosen in YouTube Studio." : undefined}
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
