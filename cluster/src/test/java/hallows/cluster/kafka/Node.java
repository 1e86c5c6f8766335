package hallows.cluster.kafka;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hallows.cluster.BrokerImage;
import hallows.cluster.BrokerImage.Listener;
import hallows.cluster.ClusterDelta;
import hallows.cluster.ClusterImage;
import hallows.cluster.ControllerCall;
import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.protocol.ApiMessage;

/// A node under test, and all that it told.
final class Node implements AutoCloseable {
    static final Disk DISK = new OsWorld(OsOptions.standard()).disk();
    static final Listener LISTENER = new Listener("PLAINTEXT", "PLAINTEXT", "127.0.0.1", 9092);

    private static final long PATIENCE_SECONDS = 60;

    final ClusterNode cluster;
    final List<String> faults = new CopyOnWriteArrayList<>();
    final List<Told> told = new ArrayList<>();

    /// One call of the observer.
    record Told(ClusterImage image, ClusterDelta delta) {}

    private Node(Map<String, String> properties) {
        Result<ClusterNode> started = start(properties);
        cluster =
                switch (started) {
                    case Result.Ok<ClusterNode>(ClusterNode node) -> node;
                    case Result.Failed<ClusterNode>(Fault fault) ->
                            throw new AssertionError(fault.message());
                };
    }

    private Result<ClusterNode> start(Map<String, String> properties) {
        return ClusterNode.start(
                new ClusterNode.Options(
                        NodeProperties.of(properties),
                        DISK,
                        this::note,
                        (what, cause, fatal) -> faults.add(what + " " + cause)));
    }

    private void note(ClusterImage image, ClusterDelta delta) {
        synchronized (told) {
            told.add(new Told(image, delta));
            told.notifyAll();
        }
    }

    /// Serves, as its only broker.
    static Node serving(Path directory) throws Exception {
        return serving(Map.of("log.dirs", directory.toString()));
    }

    static Node serving(Map<String, String> properties) throws Exception {
        Node node = started(properties);
        node.cluster.join(List.of(LISTENER));
        node.cluster.joined().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        node.cluster.serve().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        node.await(image -> image.isServing(node.cluster.nodeId()));
        return node;
    }

    static Node started(Map<String, String> properties) {
        return new Node(properties);
    }

    /// Why a node does not start.
    static String refusal(Map<String, String> properties) {
        Result<ClusterNode> started =
                ClusterNode.start(
                        new ClusterNode.Options(
                                NodeProperties.of(properties),
                                DISK,
                                (_, _) -> {},
                                (_, _, _) -> {}));
        return assertInstanceOf(Result.Failed.class, started).fault().message();
    }

    static Map<String, String> properties(String... pairs) {
        Map<String, String> properties = new HashMap<>();
        for (String pair : pairs) {
            properties.put(
                    pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return properties;
    }

    /// Its broker, as the picture shows it.
    BrokerImage broker() {
        return Objects.requireNonNull(cluster.image().brokers().get(cluster.nodeId()));
    }

    /// Asks and waits.
    <A extends ApiMessage> A ask(ApiMessage request, Class<A> answer) throws Exception {
        return ask(ControllerCall.own(request), answer);
    }

    <A extends ApiMessage> A ask(ControllerCall call, Class<A> answer) throws Exception {
        return answer.cast(cluster.controller().ask(call).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    CreateTopicsResponseData create(String name, int partitions) throws Exception {
        return ask(creation(name, partitions), CreateTopicsResponseData.class);
    }

    static CreateTopicsRequestData creation(String name, int partitions) {
        CreateTopicsRequestData request = new CreateTopicsRequestData().setTimeoutMs(30_000);
        request.topics()
                .add(
                        new CreatableTopic()
                                .setName(name)
                                .setNumPartitions(partitions)
                                .setReplicationFactor((short) 1));
        return request;
    }

    /// The first picture that was told, from the latest on, of which `wanted` is true.
    ClusterImage await(Predicate<ClusterImage> wanted) throws InterruptedException {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (told) {
            while (told.isEmpty() || !wanted.test(told.getLast().image())) {
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
                if (leftMillis <= 0) {
                    throw new AssertionError("not so: " + cluster.image() + " " + faults);
                }
                told.wait(leftMillis);
            }
            return told.getLast().image();
        }
    }

    /// All that was told since a moment.
    List<Told> since(int from) {
        synchronized (told) {
            return List.copyOf(told.subList(from, told.size()));
        }
    }

    /// Stops as a process should.
    void stop() throws Exception {
        cluster.leave().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        close();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
