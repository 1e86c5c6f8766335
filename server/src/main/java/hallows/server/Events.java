package hallows.server;

import hallows.broker.Notice;
import hallows.log.PartitionName;
import hallows.log.Recovery;
import hallows.runtime.Fault;
import hallows.runtime.Report;
import hallows.runtime.Result;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tells who runs a node what has happened to it: a line each. What it cannot go on after ends it.
final class Events {
    /// Nobody reads a list that is longer.
    private static final int NAMED_MAX = 10;

    private final PrintWriter out;
    private final CompletableFuture<String> over = new CompletableFuture<>();

    Events(PrintWriter out) {
        this.out = out;
    }

    /// Why the node cannot go on, once it cannot.
    CompletableFuture<String> over() {
        return over;
    }

    /// Something of note, in words.
    void say(String sentence) {
        out.println("hallows: " + sentence);
        out.flush();
    }

    private void end(String sentence) {
        say(sentence);
        over.complete(sentence);
    }

    /// What the broker says.
    void notice(Notice notice) {
        switch (notice) {
            case Notice.Recovered(PartitionName partition, Recovery done) ->
                    say(putRight(partition, done));
            case Notice.ReadThrough(Path directory, int logs) ->
                    say(
                            "%s was not stopped in good order: %,d logs were read through, and nothing was missing in them"
                                    .formatted(directory, logs));
            case Notice.Unopened(PartitionName partition, Fault why) ->
                    say("log %s is offline: %s".formatted(partition, why.message()));
            case Notice.Lost(Path directory, List<PartitionName> lost) ->
                    say(lost(directory, lost));
            case Notice.Unreadable(Path directory, long offset, Fault why) ->
                    say(unreadable(directory, offset, why));
            case Notice.Stray(PartitionName _, Path directory) ->
                    say(
                            "no topic has the log that is now in %s: it was put aside, and nothing in it has changed"
                                    .formatted(directory));
            case Notice.Offline(Path directory, Fault why) ->
                    end(
                            "data directory %s has failed: %s; nothing that was acknowledged depends on it; mend the disk and start again"
                                    .formatted(directory, why.message()));
            case Notice.Delayed(String what, Fault why) ->
                    say("%s failed, and is tried again: %s".formatted(what, why.message()));
        }
    }

    private static String putRight(PartitionName partition, Recovery done) {
        return "log %s was put right: %d segments read, %d removed, %d bytes cut off, %d records missing%s"
                .formatted(
                        partition,
                        done.segmentsRead(),
                        done.segmentsRemoved(),
                        done.bytesCut(),
                        done.offsetsMissing(),
                        done.segmentsMissing() == 0
                                ? ""
                                : " at its end, %d segments gone from its middle"
                                        .formatted(done.segmentsMissing()));
    }

    private static String lost(Path directory, List<PartitionName> lost) {
        return "%s should have the logs of %s, which are not there and begin anew, empty: if they ever had records, stop and put them back"
                .formatted(directory, some(lost));
    }

    private static String unreadable(Path directory, long offset, Fault why) {
        return "the log in %1$s cannot be read at offset %2$d: %3$s; `./hallows log verify %1$s` says more"
                .formatted(directory, offset, why.message());
    }

    private static String some(List<PartitionName> all) {
        String first =
                all.stream()
                        .limit(NAMED_MAX)
                        .map(PartitionName::toString)
                        .collect(Collectors.joining(", "));
        int more = all.size() - NAMED_MAX;
        return more > 0 ? "%s and %,d more".formatted(first, more) : first;
    }

    /// What the shards say.
    void report(Report report) {
        switch (report) {
            case Report.ComponentFailed failed ->
                    end("a shard has failed: " + told(failed.cause()));
            case Report.ShardStopped stopped ->
                    end("a shard has stopped: " + told(stopped.cause()));
            case Report.MemoryLeaked _, Report.StopTimedOut _ -> say(report.toString());
        }
    }

    private String told(Throwable cause) {
        cause.printStackTrace(out);
        return cause.toString();
    }

    /// What the quorum says.
    void fault(String what, @Nullable Throwable cause, boolean fatal) {
        String sentence = cause == null ? what : what + ": " + cause;
        if (fatal) {
            end("the quorum cannot go on: " + sentence);
        } else {
            say("the quorum says: " + sentence);
        }
    }

    /// Says why something was not done.
    void unlessDone(String what, Result<Result.Done> result) {
        if (result instanceof Result.Failed<Result.Done>(Fault why)) {
            say(what + " failed: " + why.message());
        }
    }
}
