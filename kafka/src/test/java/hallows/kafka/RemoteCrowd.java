package hallows.kafka;

import hallows.runtime.Application;
import hallows.runtime.Component;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Report;
import hallows.runtime.Seat;
import hallows.simulation.SeededDice;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// All clients of the server, on a machine of their own that never fails.
final class RemoteCrowd {
    private static final int MEMORY_BYTES = 1 << 20;
    private static final int STOP_MILLIS = 10_000;
    private static final int BATCHES_MAX = 16;
    private static final int REQUESTS_MAX = 5;
    private static final int DEAF_MAX = 4;

    /// Three of these are a frame that needs memory of its own, and three of the others one that
    /// grows.
    private static final int LARGE_VALUE_BYTES = 2_300;

    private static final int VAST_VALUE_BYTES = 3_000;

    private final SeededDice dice;
    private final Service service;
    private final List<PartitionFacts> partitions = new ArrayList<>();
    private final List<IdempotentProducer> idempotent = new ArrayList<>();
    private final List<RemoteReader> readers = new ArrayList<>();
    private final List<RemoteClient> others = new ArrayList<>();
    private final Host host;

    RemoteCrowd(Simulation simulation, Service service, Consumer<Report> reports) {
        this.dice = simulation.dice("crowd");
        this.service = service;
        for (int index = 0; index < Images.APPLES.partitions().size(); index++) {
            partitions.add(new PartitionFacts(index, service.complaints()));
        }
        SimNode machine = simulation.node("clients");
        Application clients =
                Application.named("clients")
                        .memory(MEMORY_BYTES)
                        .component("crowd", this::gathered);
        HostOptions options = HostOptions.shards(1).memory(MEMORY_BYTES, 1 << 15);
        host = Host.start(machine, options.reporting(reports), List.of(clients));
    }

    private Component gathered(Seat seat) {
        for (PartitionFacts each : partitions) {
            int batches = 1 + dice.below(BATCHES_MAX);
            RemoteClient.Site site = site(seat, "voice " + each, dice.oneIn(3));
            idempotent.add(new IdempotentProducer(site, each, 1L + each.partition(), batches));
        }
        short[] acks = {-1, -1, 0, 1, -1, (short) (dice.below(3) - 1)};
        for (int number = 1; number <= acks.length; number++) {
            others.add(
                    new PlainProducer(
                            site(seat, "plain " + number, dice.oneIn(2)),
                            partitions,
                            new PlainProducer.Plan(
                                    number,
                                    acks[number - 1],
                                    1 + dice.below(REQUESTS_MAX),
                                    1 + dice.below(3),
                                    number == 1 ? VAST_VALUE_BYTES : LARGE_VALUE_BYTES)));
        }
        int version = 7 + dice.below(RemoteReader.Manner.sessionVersions());
        reader(seat, new RemoteReader.Manner(1 + dice.below(5), 0, false));
        reader(seat, new RemoteReader.Manner(1 + dice.below(5), 0, true));
        reader(seat, new RemoteReader.Manner(1, version, true));
        for (int deaf = dice.below(DEAF_MAX + 1); deaf > 0; deaf--) {
            others.add(new DeafClient(site(seat, "deaf " + deaf, false), partitions.size()));
        }
        return () -> everybody().forEach(RemoteClient::start);
    }

    private void reader(Seat seat, RemoteReader.Manner manner) {
        RemoteClient.Site site = site(seat, "reader " + readers.size(), dice.oneIn(4));
        readers.add(new RemoteReader(site, partitions, manner));
    }

    private RemoteClient.Site site(Seat seat, String name, boolean dribbles) {
        return new RemoteClient.Site(seat, dice.fork(name), service, dribbles);
    }

    private Stream<RemoteClient> everybody() {
        return Stream.of(idempotent, readers, others).flatMap(List::stream);
    }

    /// Whether nobody has anything to bring any more.
    boolean isDone() {
        return !readers.isEmpty() && everybody().allMatch(RemoteClient::isDone);
    }

    boolean hasReadAll() {
        return readers.stream().allMatch(RemoteReader::hasReadAll);
    }

    void readAll() {
        readers.forEach(RemoteReader::readAll);
    }

    void readAgain() {
        readers.forEach(RemoteReader::readAgain);
    }

    /// Complains of what was brought until it was there, and is not.
    void checkWhole() {
        idempotent.forEach(IdempotentProducer::checkWhole);
    }

    void requestStop() {
        host.requestStop(STOP_MILLIS);
    }

    boolean hasEnded() {
        return host.hasEnded();
    }

    /// Says what it has not given back.
    void close() {
        host.close();
    }

    @Override
    public String toString() {
        return String.join("\n  ", everybody().map(RemoteClient::toString).toList());
    }
}
