package hallows.bench.compare;

import hallows.bench.kafka.Replies;
import hallows.bench.kafka.Requests;
import hallows.model.TopicId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes and removes topics on one broker.
///
/// @param broker where it is
record Desk(InetSocketAddress broker) {
    private static final Requests.Appetite LOOK = new Requests.Appetite(1, 0);
    private static final AtomicInteger NAMES = new AtomicInteger();

    /// That no topic of this program has.
    static String freshName() {
        return "bench-" + NAMES.incrementAndGet();
    }

    /// A new one, as soon as all its partitions are led.
    TopicId create(String name, int partitions) {
        TopicId topic = ask(Requests.create(name, partitions), Replies::created);
        for (int partition = 0; partition < partitions; partition++) {
            ByteBuffer look = Requests.fetch(topic, partition, 0, LOOK);
            while (!ask(look, Replies::isLed)) {
                Thread.onSpinWait();
            }
        }
        return topic;
    }

    /// Removes it, so that its pages are never written.
    void delete(TopicId topic) {
        ask(
                Requests.delete(topic),
                frame -> {
                    Replies.deleted(frame);
                    return topic;
                });
    }

    private <T> T ask(ByteBuffer request, Function<ByteBuffer, T> read) {
        Answer<T> answer = new Answer<>();
        try (Wires wires = new Wires(broker, 1, (frame, _) -> answer.value = read.apply(frame))) {
            wires.send(0, request);
            wires.run(() -> answer.value == null);
        }
        T told = answer.value;
        if (told == null) {
            throw new IllegalStateException("an answer has come");
        }
        return told;
    }

    /// What came, if something did.
    private static final class Answer<T> {
        @Nullable T value;
    }
}
