"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Progress } from "@/components/ui/progress";

const LOOK_MS = 2_000;

/** How far a run is; looks again by itself while one is under way. */
export function RunProgress({ made, creators }: { made: number; creators: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), LOOK_MS);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <Progress
      label="Under way"
      value={creators === 0 ? 0 : made / creators}
      note={`${made} of ${creators} creators`}
    />
  );
}
