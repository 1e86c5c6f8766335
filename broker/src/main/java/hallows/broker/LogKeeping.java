package hallows.broker;

import hallows.log.HeldDirectory;
import hallows.log.Log;
import hallows.log.Logs;
import hallows.runtime.Alarm;
import hallows.runtime.Clock;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The logs of one shard, by directory, and what is done for them now and then. Lives on its shard.
final class LogKeeping {
    private final BrokerOptions options;
    private final Map<HeldDirectory, Logs> directories = new LinkedHashMap<>();
    private final Set<Log> logs = new LinkedHashSet<>();
    private final Alarm checkpoint;
    private final Alarm expiry;

    /// How far all logs together had come when that was written down last.
    private long kept = -1;

    /// @param clock one that moves within a turn
    LogKeeping(Seat seat, Storage storage, BrokerOptions options, Clock clock) {
        this.options = options;
        this.checkpoint = seat.alarm(this::keepOffsets);
        this.expiry = seat.alarm(this::expire);
        Logs.Options how = new Logs.Options(SchedulingClass.MESSAGING, options.flushes(), clock);
        for (Storage.Place place : storage.places()) {
            HeldDirectory held = place.held();
            directories.put(held, new Logs(seat, held, how, why -> offline(held, why)));
        }
        checkpoint.setAfterMillis(options.times().checkpointMillis());
        expiry.setAfterMillis(options.times().expiryMillis());
    }

    private void offline(HeldDirectory held, Fault why) {
        options.notices().accept(new Notice.Offline(held.path(), why));
    }

    /// Those of one directory.
    Logs of(HeldDirectory held) {
        return Objects.requireNonNull(directories.get(held), "a directory of this broker");
    }

    void add(Log log) {
        logs.add(log);
    }

    void remove(Log log) {
        logs.remove(log);
    }

    /// Writes down how far the logs have come, if they have come any further.
    private void keepOffsets() {
        long now = 0;
        for (Log log : logs) {
            now += log.ends().highWatermark() + log.ends().durable() + log.ends().start();
        }
        if (now != kept) {
            kept = now;
            directories.values().forEach(all -> all.keepOffsets(this::kept));
        }
        checkpoint.setAfterMillis(options.times().checkpointMillis());
    }

    /// What could not be written is written the next time.
    private void kept(Result<Result.Done> result) {
        if (result instanceof Result.Failed<Result.Done>(Fault why)) {
            kept = -1;
            options.notices().accept(new Notice.Delayed("a checkpoint", why));
        }
    }

    private void expire() {
        logs.forEach(Log::expireProducers);
        expiry.setAfterMillis(options.times().expiryMillis());
    }

    /// Hands all logs over for a stop in good order; `then` runs when nothing is underway.
    void stop(Runnable then) {
        checkpoint.cancel();
        expiry.cancel();
        int[] left = {directories.size()};
        for (Logs each : directories.values()) {
            each.stop(() -> {
                if (--left[0] == 0) {
                    then.run();
                }
            });
        }
    }

    void close() {
        directories.values().forEach(Logs::close);
    }
}
