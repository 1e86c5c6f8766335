package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.KafkaProducers.Answer;
import hallows.log.ProducerHistory.Fate;
import hallows.log.ProducerHistory.Step;
import hallows.log.ProducerHistory.Write;
import hallows.model.BatchView;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.storage.internals.log.ProducerStateManager;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.VerificationGuard;

/// One history, played to Kafka's producers and to ours. Kafka takes in an append at once; ours may
/// hold several staged and commit them together, and must answer the same meanwhile.
final class ProducersTrial {
    private static final int EXPIRATION_MILLIS = 400_000;

    private final Path directory;
    private final HandTime time = new HandTime();
    private final ProducerStateManagerConfig config =
            new ProducerStateManagerConfig(EXPIRATION_MILLIS, true);
    private final List<ByteBuffer> log = new ArrayList<>();
    private final GuardPairs guards = new GuardPairs();
    private final List<AbortedTransaction> aborted = new ArrayList<>();
    private KafkaProducers kafka;
    private Producers ours;
    private boolean held;
    private boolean severalAtOnce;
    private long logStart;
    private long end;
    private long highWatermark;

    ProducersTrial(Path directory) {
        this.directory = directory;
        kafka = new KafkaProducers(directory, config, time);
        ours = new Producers(new ProducerLimits(EXPIRATION_MILLIS, true));
    }

    void play(List<Step> history) throws IOException {
        for (Step step : history) {
            play(step);
            if (!held) {
                compare();
            }
        }
        settle();
        compare();
    }

    private void play(Step step) throws IOException {
        if (!(step instanceof Write || step instanceof ProducerHistory.Ask)) {
            settle();
        }
        switch (step) {
            case Write write -> write(write);
            case ProducerHistory.Ask ask -> guards.ask(ask, kafka, ours, time);
            case ProducerHistory.Pass(int millis) -> pass(millis);
            case ProducerHistory.Replicate(int lag) -> replicate(boundary(lag));
            case ProducerHistory.Cut(int batches) -> cut(boundary(batches));
            case ProducerHistory.Trim(int batches) -> trim(batches);
            case ProducerHistory.Snap(boolean leavesOurs) -> snapshot(leavesOurs);
            case ProducerHistory.Restart() -> restart();
            case ProducerHistory.Refill(int ahead) -> refill(end + ahead);
            case ProducerHistory.Anew() -> {
                refill(0);
                restart();
            }
            case ProducerHistory.Configure(boolean verifies) -> {
                config.setTransactionVerificationEnabled(verifies);
                ours.limits(new ProducerLimits(EXPIRATION_MILLIS, verifies));
            }
        }
    }

    private void write(Write write) {
        var place = new WrittenBatches.Place(end, time.milliseconds());
        List<ByteBuffer> batches =
                new WrittenBatches(kafka.manager(), write.origin(), place).of(write.pieces());
        long producerId = ProducerBatches.view(batches.getFirst()).producerId();
        GuardPairs.Pair shown = write.shows() ? guards.of(producerId) : GuardPairs.NONE;
        Appender appender = new Appender(write.origin(), write.version(), shown.ours());
        if (write.fate() == Fate.FAILED) {
            settle();
            stage(batches, appender);
            ours.rollback();
            return;
        }
        Answer answer = kafka.append(records(batches), appender, shown.kafkas());
        assertEquals(answer.verdict(), stage(batches, appender));
        if (answer.fits()) {
            taken(batches, answer);
        } else if (batches.size() > 1) {
            // Kafka has withdrawn the guards of the batches before the one that it refused, though
            // these were not written. Nobody writes so; time passes and all guards are gone.
            settle();
            pass(EXPIRATION_MILLIS);
        }
        if (write.fate() == Fate.COMMITTED) {
            settle();
        }
    }

    private void taken(List<ByteBuffer> batches, Answer answer) {
        log.addAll(batches);
        end = ProducerBatches.view(batches.getLast()).nextOffset();
        aborted.addAll(answer.aborted());
        held = true;
        severalAtOnce |= batches.size() > 1;
    }

    private String stage(List<ByteBuffer> batches, Appender appender) {
        ours.beginAppend();
        for (ByteBuffer bytes : batches) {
            BatchView batch = ProducerBatches.view(bytes);
            ProducerVerdict verdict = ours.check(batch, appender);
            if (!(verdict instanceof ProducerVerdict.Fits)) {
                ours.undoAppend();
                return said(verdict);
            }
            ours.stage(batch, batch.baseOffset());
        }
        return "fits";
    }

    private static String said(ProducerVerdict verdict) {
        return switch (verdict) {
            case ProducerVerdict.Fits() -> "fits";
            case ProducerVerdict.Refused(var code, var _) -> "refused " + code.code();
            case ProducerVerdict.Duplicate(long first, long last, long timestamp) ->
                    "duplicate %d-%d at %d".formatted(first, last, timestamp);
        };
    }

    private void settle() {
        if (held) {
            List<AbortedTransaction> found = ours.commit(end);
            assertEquals(withoutStable(aborted), withoutStable(found));
            for (int i = 0; i < found.size(); i++) {
                // Kafka looks at the end of an append, where transactions of later batches have
                // begun already; when it recovers it looks after each batch, as we always do.
                long kafkas = aborted.get(i).lastStableOffset();
                long stable = found.get(i).lastStableOffset();
                assertTrue(severalAtOnce ? stable <= kafkas : stable == kafkas);
            }
        }
        aborted.clear();
        held = false;
        severalAtOnce = false;
    }

    private static List<String> withoutStable(List<AbortedTransaction> aborted) {
        return aborted.stream()
                .map(each -> each.producerId() + ":" + each.firstOffset() + "-" + each.lastOffset())
                .toList();
    }

    private void pass(int millis) {
        time.pass(millis);
        kafka.manager().removeExpiredProducers(time.milliseconds());
        ours.expire(time.milliseconds());
    }

    /// The offset before the last `batches` batches.
    private long boundary(int batches) {
        int kept = log.size() - batches;
        return batches == 0 ? end : kept <= 0 ? logStart : offsetOf(log.get(kept));
    }

    private static long offsetOf(ByteBuffer batch) {
        return ProducerBatches.view(batch).baseOffset();
    }

    private void replicate(long upTo) {
        highWatermark = Math.max(highWatermark, upTo);
        kafka.manager().onHighWatermarkUpdated(highWatermark);
        ours.highWatermarkMoved(highWatermark);
    }

    private void trim(int batches) {
        int dropped = Math.min(batches, log.size());
        long start = dropped == log.size() ? end : offsetOf(log.get(dropped));
        if (start <= highWatermark) {
            log.subList(0, dropped).clear();
            logStart = start;
            kafka.manager().onLogStartOffsetIncremented(start);
            ours.logStartMoved(start, latestSnapshot());
        }
    }

    private long latestSnapshot() {
        return kafka.manager().latestSnapshotOffset().orElse(logStart);
    }

    private void cut(long newEnd) throws IOException {
        log.removeIf(batch -> offsetOf(batch) >= newEnd);
        end = newEnd;
        highWatermark = Math.min(highWatermark, end);
        reload();
    }

    private void restart() throws IOException {
        kafka = new KafkaProducers(directory, config, time);
        ours =
                new Producers(
                        new ProducerLimits(
                                EXPIRATION_MILLIS, config.transactionVerificationEnabled()));
        guards.clear();
        reload();
    }

    private void reload() throws IOException {
        ProducerStateManager manager = kafka.manager();
        manager.truncateAndReload(logStart, end, time.milliseconds());
        long from = manager.mapEndOffset();
        Optional<File> snapshot = manager.fetchSnapshot(from);
        if (ours.mapEnd() == end) {
            ours.logStartMoved(logStart, latestSnapshot());
        } else if (snapshot.isPresent()) {
            ours.reload(SnapshotExchange.readByUs(snapshot.get()), from, time.milliseconds());
        } else {
            ours.reload(logStart);
        }
        for (ByteBuffer batch : log) {
            if (offsetOf(batch) >= from) {
                replay(batch);
            }
        }
        manager.updateMapEndOffset(end);
        ours.mapEnd(end);
    }

    private void replay(ByteBuffer bytes) {
        Appender asRead = new Appender(Origin.REPLICATION, 0, hallows.log.VerificationGuard.NONE);
        Answer answer = kafka.append(records(List.of(bytes)), asRead, VerificationGuard.SENTINEL);
        BatchView batch = ProducerBatches.view(bytes);
        assertEquals(answer.verdict(), said(ours.check(batch, Appender.REPLICATION)));
        assertEquals(answer.aborted(), ours.replay(batch));
    }

    private void snapshot(boolean leavesOurs) throws IOException {
        boolean due = ours.isSnapshotDue();
        Optional<File> taken = kafka.manager().takeSnapshot(false);
        assertEquals(taken.isPresent(), due);
        if (taken.isPresent()) {
            SnapshotExchange.exchange(taken.get(), ours.snapshot(), leavesOurs);
            ours.snapshotTaken();
        }
    }

    private void refill(long offset) throws IOException {
        kafka.manager().truncateFullyAndStartAt(offset);
        ours.restart(offset);
        log.clear();
        logStart = offset;
        end = offset;
        highWatermark = offset;
    }

    private static MemoryRecords records(List<ByteBuffer> batches) {
        ByteBuffer all =
                ByteBuffer.allocate(batches.stream().mapToInt(ByteBuffer::remaining).sum());
        batches.forEach(batch -> all.put(batch.duplicate()));
        return MemoryRecords.readableRecords(all.flip());
    }

    private void compare() {
        assertEquals(kafka.seen(), SeenProducers.of(ours));
        assertEquals(kafka.manager().producerIdCount(), ours.count());
        assertEquals(
                kafka.manager().hasLateTransaction(time.milliseconds()),
                ours.hasLateTransaction(
                        time.milliseconds(), KafkaProducers.TRANSACTION_MILLIS_MAX));
        long unstable =
                kafka.manager().firstUnstableOffset().map(at -> at.messageOffset).orElse(end);
        assertEquals(
                Math.min(Math.max(unstable, logStart), highWatermark),
                ours.lastStableOffset(highWatermark, logStart));
    }
}
