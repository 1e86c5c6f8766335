package hallows.miniature;

import hallows.model.PartitionId;
import hallows.model.Refusal;
import hallows.runtime.Result;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import hallows.runtime.Slice;
import hallows.runtime.Task;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The partitions that one shard owns. They are opened when somebody asks for them; until then
/// their calls wait in the order they came.
final class Partitions {
    private final Seat seat;
    private final Store store;
    private final FlushRounds rounds;
    private final Map<PartitionId, Entry> entries = new LinkedHashMap<>();
    private final Set<PartitionLog> staged = new LinkedHashSet<>();
    private final Committer committer;
    private final Consumer<Call> answers;
    private boolean finishing;

    Partitions(Seat seat, Store store, Consumer<Call> answers) {
        this.seat = seat;
        this.store = store;
        this.answers = answers;
        this.rounds = new FlushRounds(seat);
        this.committer = new Committer();
    }

    /// What is known of a partition here.
    private sealed interface Entry {
        /// Its file is being read; calls wait.
        record Opening(ArrayDeque<Call> waiting) implements Entry {}

        /// It is open.
        record Open(PartitionLog log) implements Entry {}
    }

    /// Handles a call, now or when its partition is open.
    void handle(Call call) {
        switch (entries.get(call.partition)) {
            case Entry.Open(PartitionLog log) -> handle(log, call);
            case Entry.Opening(ArrayDeque<Call> waiting) -> waiting.addLast(call);
            case null -> open(call);
        }
    }

    private void open(Call first) {
        ArrayDeque<Call> waiting = new ArrayDeque<>();
        waiting.add(first);
        PartitionId id = first.partition;
        entries.put(id, new Entry.Opening(waiting));
        seat.away(() -> LogFile.open(seat.disk(), store, id))
                .then(result -> opened(id, waiting, result));
    }

    private void opened(PartitionId id, ArrayDeque<Call> waiting, Result<LogFile> result) {
        switch (result) {
            case Result.Ok<LogFile>(LogFile file) -> {
                PartitionLog log = new PartitionLog(seat, file, answers, committer::wake);
                if (finishing) {
                    log.finish();
                }
                entries.put(id, new Entry.Open(log));
                waiting.forEach(call -> handle(log, call));
            }
            case Result.Failed<LogFile> _ -> {
                // The next call tries again: a full disk may have room by then.
                entries.remove(id);
                for (Call call : waiting) {
                    call.refusal = Refusal.NOT_AVAILABLE;
                    answers.accept(call);
                }
            }
        }
    }

    private void handle(PartitionLog log, Call call) {
        if (call.isAppend()) {
            if (log.stage(call)) {
                staged.add(log);
                committer.wake();
            }
        } else {
            log.read(call);
        }
    }

    /// From now on every call is answered as soon as it can be: no read waits for appends.
    void finish() {
        finishing = true;
        for (Entry entry : entries.values()) {
            if (entry instanceof Entry.Open(PartitionLog log)) {
                log.finish();
            }
        }
    }

    /// Closes all files.
    void close() {
        for (Entry entry : entries.values()) {
            switch (entry) {
                case Entry.Open(PartitionLog log) -> log.close();
                case Entry.Opening(ArrayDeque<Call> waiting) -> waiting.forEach(Call::abandon);
            }
        }
    }

    /// Has its turn after the mail that woke it: one write for all that a cycle brought to a log.
    private final class Committer extends Task {
        Committer() {
            super(seat, SchedulingClass.MESSAGING);
        }

        @Override
        protected boolean run(Slice slice) {
            return commit();
        }

        /// Whether there is more to write at once.
        private boolean commit() {
            for (PartitionLog log : staged) {
                if (log.commit()) {
                    rounds.add(log);
                }
            }
            staged.removeIf(log -> !log.hasStaged());
            return staged.stream().anyMatch(PartitionLog::isSound);
        }
    }
}
