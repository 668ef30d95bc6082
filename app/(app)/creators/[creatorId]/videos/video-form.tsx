"use client";

import { type FormEvent, useActionState, useState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { DayField, TextField } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import type { Video } from "@/db/videos";
import { type ActionState, IDLE } from "@/lib/model/action-state";
import type { Platform } from "@/lib/model/words";
import { SavedToast } from "../saved";
import { recordVideo, undoVideo, updateVideo } from "./actions";
import { linkFacts } from "./link-facts";

export type VideoChoices = {
  channels: readonly (Option & { platform: Platform })[];
  formats: readonly Option[];
  niches: readonly Option[];
  timeZone: string;
};

export type VideoDefaults = {
  url: string;
  title: string;
  channelId: string;
  publishedOn: string;
  format: string;
  externalId: string;
  duration: string;
  niche: string;
};

export function NewVideoForm({
  creatorId,
  initialId,
  defaults,
  choices,
}: {
  creatorId: string;
  initialId: string;
  defaults: VideoDefaults;
  choices: VideoChoices;
}) {
  const [state, send] = useActionState(recordVideo, IDLE);
  return (
    <>
      <Form action={send} state={state}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        <Fields state={state} defaults={defaults} choices={choices} />
        <div>
          <SubmitButton pendingLabel="Saving…">Save video</SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={undoVideo} />
    </>
  );
}

/** After a stale edit it holds what is there now. */
export function VideoForm({
  creatorId,
  video,
  choices,
}: {
  creatorId: string;
  video: Video;
  choices: VideoChoices;
}) {
  const [state, send] = useActionState(updateVideo, IDLE);
  const current = state.status === "invalid" ? state.current : undefined;
  // A conflict may also name the other video that has the id already.
  const isStale = current?.id === video.id && current.version > video.version;
  const shown = isStale ? current : video;
  return (
    <Form action={send} state={state} keep>
      <input type="hidden" name="creatorId" value={creatorId} />
      <input type="hidden" name="id" value={video.id} />
      <input type="hidden" name="channelId" value={video.channelId} />
      <input type="hidden" name="version" value={shown.version} />
      <Fields
        key={shown.version}
        state={isStale ? IDLE : state}
        defaults={defaultsOf(shown)}
        choices={{ ...choices, channels: [] }}
      />
      <div>
        <SubmitButton pendingLabel="Saving…">Save</SubmitButton>
      </div>
      <ToastOn of={state.status === "done" ? state : null} message="Saved." />
    </Form>
  );
}

function Fields({
  state,
  defaults,
  choices,
}: {
  state: ActionState<unknown>;
  defaults: VideoDefaults;
  choices: VideoChoices;
}) {
  const [said, setSaid] = useState("");
  const field = (name: keyof VideoDefaults, input: string = name) => ({
    name: input,
    error: errorOf(state, input),
    defaultValue: typedOf(state, input, defaults[name]),
  });

  function readLink(event: FormEvent<HTMLInputElement>) {
    const { value, form } = event.currentTarget;
    setSaid(form && value.trim() ? fill(form, value, choices) : "");
  }

  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <div className="sm:col-span-2">
          <TextField
            {...field("url")}
            label="Link"
            optional
            type="url"
            inputMode="url"
            autoComplete="off"
            placeholder="Paste the video's address: it fills in what it knows"
            onInput={readLink}
          />
          <p aria-live="polite" className="mt-1.5 text-sm text-muted empty:hidden">
            {said}
          </p>
        </div>
        <TextField
          {...field("title")}
          label="Title"
          autoComplete="off"
          maxLength={300}
          className="sm:col-span-2"
        />
        {choices.channels.length > 0 && (
          <SelectField
            {...field("channelId")}
            label="Channel"
            options={choices.channels}
            className="lg:col-span-2"
          />
        )}
        <DayField {...field("publishedOn")} label="Published on" optional />
        <RadioGroup {...field("format")} label="Format" options={choices.formats} />
      </div>
      <details open={state.status === "invalid" || undefined}>
        <summary className="link w-fit text-sm">More: id, length, niche</summary>
        <div className="mt-4 grid gap-4 sm:grid-cols-3">
          <TextField {...field("externalId")} label="Id on the platform" optional autoComplete="off" />
          <TextField
            {...field("duration", "durationSeconds")}
            label="Length"
            optional
            autoComplete="off"
            placeholder="0:04:34"
          />
          <SelectField {...field("niche")} label="Niche" options={choices.niches} empty="As the channel" />
        </div>
      </details>
    </>
  );
}

/** Fills the form from a link and answers what to say about it. */
function fill(form: HTMLFormElement, link: string, { channels, timeZone }: VideoChoices): string {
  const facts = linkFacts(link, timeZone);
  if (!facts.ok) return facts.error;
  const { platform, externalId, format, publishedOn } = facts.value;
  const set = (name: string, value: string | null | undefined) => {
    const control = form.elements.namedItem(name);
    if (
      value &&
      (control instanceof HTMLInputElement ||
        control instanceof HTMLSelectElement ||
        control instanceof RadioNodeList)
    )
      control.value = value;
  };
  const onPlatform = channels.filter((channel) => channel.platform === platform);
  const chosen = form.elements.namedItem("channelId");
  const isRight =
    chosen instanceof HTMLSelectElement && onPlatform.some((channel) => channel.value === chosen.value);
  if (!isRight) set("channelId", onPlatform[0]?.value);
  set("externalId", externalId);
  set("publishedOn", publishedOn);
  set("format", format);
  if (channels.length > 0 && onPlatform.length === 0)
    return "There is no channel on this link's platform yet: add one first.";
  return publishedOn
    ? `Filled in from the link: channel, id and day of publishing.`
    : "Filled in from the link: channel and id.";
}

function defaultsOf(video: Video): VideoDefaults {
  const { url, title, channelId, publishedOn, format, externalId, durationSeconds, niche } = video;
  return {
    url,
    title,
    channelId,
    publishedOn: publishedOn ?? "",
    format,
    externalId: externalId ?? "",
    duration: durationSeconds === null ? "" : durationText(durationSeconds),
    niche: niche ?? "",
  };
}

/** 274 → "0:04:34": as it is typed. */
function durationText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
