"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { CountField, DayField } from "@/components/ui/input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { recordReading, removeReading } from "./reading-actions";
import { SavedToast } from "./saved";

type ReadingFormProps = {
  creatorId: string;
  initialId: string;
  today: string;
  /** One channel as text, or a choice of channels. */
  channel: string | { options: readonly Option[]; chosen: string };
  videoId?: string;
  withFollowers?: boolean;
};

/** "So far" numbers as the platform shows them today; what lies between two of them becomes traffic. */
export function ReadingForm({
  creatorId,
  initialId,
  today,
  channel,
  videoId = "",
  withFollowers = false,
}: ReadingFormProps) {
  const [state, send] = useActionState(recordReading, IDLE);
  const field = (name: string, otherwise = "") => ({
    name,
    id: `reading-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, otherwise),
  });
  return (
    <>
      <Form action={send} state={state}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        <input type="hidden" name="videoId" value={videoId} />
        {typeof channel === "string" && <input type="hidden" name="channelId" value={channel} />}
        <div className="grid grid-cols-2 gap-x-3 gap-y-4 sm:grid-cols-3 sm:gap-4 lg:grid-cols-6">
          {typeof channel !== "string" && (
            <SelectField
              {...field("channelId", channel.chosen)}
              label="Channel"
              options={channel.options}
              className="col-span-2"
            />
          )}
          {withFollowers && <CountField {...field("followers")} label="Followers" />}
          <CountField {...field("views")} label="Views so far" optional={withFollowers} />
          <CountField {...field("likes")} label="Likes" optional />
          <CountField {...field("comments")} label="Comments" optional />
          <CountField {...field("shares")} label="Shares" optional />
          <DayField {...field("day", today)} label="On" max={today} />
        </div>
        <div>
          <SubmitButton pendingLabel="Saving…">Save as of this day</SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={removeReading} />
    </>
  );
}
