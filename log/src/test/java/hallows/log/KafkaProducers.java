package hallows.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.BatchMetadata;
import org.apache.kafka.storage.internals.log.CompletedTxn;
import org.apache.kafka.storage.internals.log.ProducerAppendInfo;
import org.apache.kafka.storage.internals.log.ProducerStateEntry;
import org.apache.kafka.storage.internals.log.ProducerStateManager;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.internals.log.VerificationGuard;

/// Kafka's own producers: what ours must agree with. Around Kafka's state manager it does what
/// Kafka's log does.
final class KafkaProducers {
    static final int TRANSACTION_MILLIS_MAX = 900;

    private final ProducerStateManagerConfig config;
    private final ProducerStateManager manager;

    KafkaProducers(Path directory, ProducerStateManagerConfig config, Time time) {
        this.config = config;
        try {
            manager =
                    new ProducerStateManager(
                            new TopicPartition("t", 0),
                            directory.toFile(),
                            TRANSACTION_MILLIS_MAX,
                            config,
                            time);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProducerStateManager manager() {
        return manager;
    }

    /// What Kafka answers to an append, and the transactions that were aborted by it.
    record Answer(String verdict, List<AbortedTransaction> aborted) {
        static Answer refused(Errors error) {
            return new Answer("refused " + error.code(), List.of());
        }

        boolean fits() {
            return verdict.equals("fits");
        }
    }

    /// One append: all its batches or none.
    Answer append(MemoryRecords records, Appender appender, VerificationGuard guard) {
        Map<Long, ProducerAppendInfo> updated = new LinkedHashMap<>();
        List<CompletedTxn> completed = new ArrayList<>();
        long end = manager.mapEndOffset();
        try {
            for (RecordBatch batch : records.batches()) {
                end = batch.nextOffset();
                Optional<BatchMetadata> known = known(batch, appender);
                if (known.isPresent()) {
                    return duplicate(known.get());
                }
                mayBegin(batch, appender, guard);
                add(batch, appender, updated).ifPresent(completed::add);
            }
        } catch (ApiException e) {
            return Answer.refused(Errors.forException(e));
        } catch (IllegalArgumentException e) {
            // What Kafka says to a marker that is none.
            return Answer.refused(Errors.INVALID_RECORD);
        }
        updated.values().forEach(manager::update);
        manager.updateMapEndOffset(end);
        return new Answer("fits", complete(completed));
    }

    private Optional<CompletedTxn> add(
            RecordBatch batch, Appender appender, Map<Long, ProducerAppendInfo> updated) {
        return batch.hasProducerId()
                ? UnifiedLog.updateProducers(
                        manager,
                        batch,
                        updated,
                        Optional.empty(),
                        AppendOrigin.valueOf(appender.origin().name()),
                        (short) appender.transactionVersion())
                : Optional.empty();
    }

    /// What Kafka's validator and its log ask of clients.
    private Optional<BatchMetadata> known(RecordBatch batch, Appender appender) {
        if (!appender.isClient() || !batch.hasProducerId()) {
            return Optional.empty();
        }
        if (batch.isControlBatch() || batch.baseSequence() < 0) {
            throw new InvalidRecordException("not from a client");
        }
        return manager.lastEntry(batch.producerId()).stream()
                .filter(entry -> entry.producerEpoch() == batch.producerEpoch())
                .flatMap(entry -> entry.batchMetadata().stream())
                .filter(kept -> kept.firstSeq() == batch.baseSequence())
                .filter(kept -> kept.lastSeq() == batch.lastSequence())
                .findFirst();
    }

    private static Answer duplicate(BatchMetadata kept) {
        return new Answer(
                "duplicate %d-%d at %d"
                        .formatted(kept.firstOffset(), kept.lastOffset(), kept.timestamp()),
                List.of());
    }

    private void mayBegin(RecordBatch batch, Appender appender, VerificationGuard guard) {
        Optional<ProducerStateEntry> entry = manager.lastEntry(batch.producerId());
        if (!appender.provesTransactions()
                || !batch.isTransactional()
                || isOngoing(entry, batch.producerEpoch())) {
            return;
        }
        if (entry.isPresent() && batch.producerEpoch() < entry.get().producerEpoch()) {
            throw new InvalidProducerEpochException("old");
        }
        if (!batch.isControlBatch() && !isVerified(batch.producerId(), guard)) {
            throw new InvalidTxnStateException("not verified");
        }
    }

    private boolean isVerified(long producerId, VerificationGuard guard) {
        var asks = manager.verificationStateEntry(producerId);
        return !config.transactionVerificationEnabled()
                || (asks != null && asks.verificationGuard().verify(guard));
    }

    private static boolean isOngoing(Optional<ProducerStateEntry> entry, short epoch) {
        return entry.isPresent()
                && entry.get().currentTxnFirstOffset().isPresent()
                && entry.get().producerEpoch() == epoch;
    }

    private List<AbortedTransaction> complete(List<CompletedTxn> completed) {
        List<AbortedTransaction> aborted = new ArrayList<>();
        for (CompletedTxn ended : completed) {
            long stable = manager.lastStableOffset(ended);
            manager.completeTxn(ended);
            if (ended.isAborted()) {
                aborted.add(
                        new AbortedTransaction(
                                ended.producerId(),
                                ended.firstOffset(),
                                ended.lastOffset(),
                                stable));
            }
        }
        return aborted;
    }

    /// Before a transaction begins: a guard, or nothing when the producer's epoch is over.
    Optional<VerificationGuard> verify(VerificationAsk ask) {
        Optional<ProducerStateEntry> entry = manager.lastEntry(ask.producerId());
        if (entry.isPresent() && ask.epoch() < entry.get().producerEpoch()) {
            return Optional.empty();
        }
        if (isOngoing(entry, ask.epoch())) {
            return Optional.of(VerificationGuard.SENTINEL);
        }
        return Optional.of(
                manager.maybeCreateVerificationStateEntry(
                                ask.producerId(), ask.sequence(), ask.epoch(), ask.raisesEpochs())
                        .verificationGuard());
    }

    /// Everything readers can see, one producer a line.
    List<String> seen() {
        List<String> lines = new ArrayList<>();
        manager.activeProducers().values().stream()
                .sorted((a, b) -> Long.compare(a.producerId(), b.producerId()))
                .forEach(entry -> lines.add(line(entry)));
        lines.add("undecided " + manager.firstUndecidedOffset().orElse(-1));
        lines.add(
                "unstable "
                        + manager.firstUnstableOffset().map(at -> at.messageOffset).orElse(-1L));
        lines.add("end " + manager.mapEndOffset() + " empty " + manager.isEmpty());
        return lines;
    }

    static String line(ProducerStateEntry entry) {
        StringBuilder line =
                new StringBuilder(
                        "%d epoch %d coordinator %d at %d transaction %d:"
                                .formatted(
                                        entry.producerId(),
                                        entry.producerEpoch(),
                                        entry.coordinatorEpoch(),
                                        entry.lastTimestamp(),
                                        entry.currentTxnFirstOffset().orElse(-1)));
        for (BatchMetadata kept : entry.batchMetadata()) {
            line.append(
                    " %d+%d@%d/%d"
                            .formatted(
                                    kept.firstSeq(),
                                    kept.offsetDelta(),
                                    kept.lastOffset(),
                                    kept.timestamp()));
        }
        return line.toString();
    }
}
