package hallows.server;

import hallows.runtime.Clock;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.server.kafka.Entry;
import hallows.server.kafka.Found;
import hallows.server.kafka.Position;
import hallows.server.kafka.Reading;
import hallows.server.kafka.Remote;
import hallows.server.kafka.Sending;
import hallows.server.kafka.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Clients' ordinary work, from the first topic to the last, again and again for a while: a JVM
/// that has seen it knows which methods are worth compiling and how, and the launcher keeps that
/// for the next one. Without it the first minute of a node is spent finding out.
final class Rehearsal {
    private static final int PARTITIONS = 4;
    private static final int RECORD_BYTES = 100;

    /// Sent without waiting, in batches; then each by itself.
    private static final int TOGETHER = 50_000;

    private static final int ALONE = 1_000;

    /// Each from the beginning.
    private static final int READINGS = 5;

    /// Small fetches, so that there are many: how often something is done counts, not how much it
    /// is.
    static final Map<String, String> CLIENT = Map.of("max.partition.fetch.bytes", "16384");

    private static final long POLL_MILLIS = 100;

    private final Remote remote;
    private final Clock clock;
    private volatile @Nullable Fault wrong;

    Rehearsal(Remote remote, Clock clock) {
        this.remote = remote;
        this.clock = clock;
    }

    /// For so long, and to the end of what was begun; what went wrong, if something did.
    Result<Result.Done> run(int seconds) {
        long until = clock.nanos() + TimeUnit.SECONDS.toNanos(seconds);
        for (int lap = 0; clock.nanos() - until < 0 && wrong == null; lap++) {
            act("rehearsal-" + lap);
        }
        return wrong == null ? Result.DONE : new Result.Failed<>(wrong);
    }

    private void act(String topic) {
        Topics.Shape shape =
                new Topics.Shape(OptionalInt.of(PARTITIONS), OptionalInt.empty(), Map.of());
        remote.topics().create(List.of(topic), shape).values().forEach(this::noted);
        if (noted(remote.sending(new Sending.Options(Optional.empty(), Optional.empty())))
                instanceof Result.Ok<Sending>(Sending sending)) {
            try (sending) {
                send(sending, topic);
            }
        }
        for (int i = 0; i < READINGS; i++) {
            read(topic);
        }
        remote.topics().delete(List.of(topic)).values().forEach(this::noted);
    }

    private void send(Sending sending, String topic) {
        byte[] value = new byte[RECORD_BYTES];
        for (int i = 0; i < TOGETHER; i++) {
            send(sending, topic, value, i);
        }
        for (int i = 0; i < ALONE; i++) {
            sending.finish();
            send(sending, topic, value, i);
        }
        sending.finish();
    }

    private void send(Sending sending, String topic, byte[] value, int number) {
        OptionalInt partition = OptionalInt.of(number % PARTITIONS);
        Entry entry = new Entry(null, value, List.of(), partition, OptionalLong.empty());
        sending.send(topic, entry, this::told);
    }

    /// On a thread of the client's, which is through with it before a finish returns.
    private void told(Result<Sending.Receipt> came) {
        noted(came);
    }

    private void read(String topic) {
        if (noted(remote.reading(false)) instanceof Result.Ok<Reading>(Reading reading)) {
            try (reading) {
                read(reading, topic);
            }
        }
    }

    private void read(Reading reading, String topic) {
        List<Integer> partitions = IntStream.range(0, PARTITIONS).boxed().toList();
        noted(
                reading.begin(
                        new Reading.Range(
                                topic,
                                partitions,
                                new Position.Beginning(),
                                Optional.empty(),
                                false)));
        while (!reading.isDone() && wrong == null) {
            Result<List<Found>> _ = noted(reading.next(POLL_MILLIS));
        }
    }

    private <T> Result<T> noted(Result<T> came) {
        if (came instanceof Result.Failed<T>(Fault fault)) {
            wrong = fault;
        }
        return came;
    }
}
