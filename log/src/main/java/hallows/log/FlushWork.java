package hallows.log;

import hallows.runtime.DiskFile;
import hallows.runtime.DiskSync;
import hallows.runtime.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What blocking threads do for a round: each job brings the bytes of its logs into their files,
/// then flushes, and ends at the first failure.
final class FlushWork {
    private final @Nullable DiskSync whole;
    private final int jobsMax;

    FlushWork(@Nullable DiskSync whole, int jobsMax) {
        this.whole = whole;
        this.jobsMax = jobsMax;
    }

    /// The jobs of one round. They may run in any order and side by side: no log is in two of them.
    List<Supplier<Result<Result.Done>>> jobs(FlushWay way, List<Upkeep> round) {
        return switch (way) {
            case WHOLE -> List.of(() -> keepUpWhole(round));
            case ONE_BY_ONE -> List.of(() -> keepUpEach(round));
            case SIDE_BY_SIDE -> sideBySide(round);
        };
    }

    private List<Supplier<Result<Result.Done>>> sideBySide(List<Upkeep> round) {
        int count = Math.min(jobsMax, round.size());
        List<Supplier<Result<Result.Done>>> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Upkeep> part =
                    round.subList(i * round.size() / count, (i + 1) * round.size() / count);
            jobs.add(() -> keepUpEach(part));
        }
        return jobs;
    }

    private static Result<Result.Done> keepUpEach(List<Upkeep> logs) {
        for (Upkeep log : logs) {
            Result<Result.Done> kept = keepUp(log);
            if (kept instanceof Result.Failed) {
                return kept;
            }
        }
        return Result.DONE;
    }

    private static Result<Result.Done> keepUp(Upkeep log) {
        Result<Result.Done> done = log.writing().run();
        for (DiskFile file : log.files()) {
            if (done instanceof Result.Failed) {
                return done;
            }
            done = file.flush();
        }
        return done;
    }

    @SuppressWarnings("NullAway") // Nobody chooses this way without it.
    private Result<Result.Done> keepUpWhole(List<Upkeep> logs) {
        for (Upkeep log : logs) {
            Result<Result.Done> written = log.writing().run();
            if (written instanceof Result.Failed) {
                return written;
            }
        }
        return whole.flush();
    }
}
