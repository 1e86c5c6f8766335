package hallows.broker;

import hallows.cluster.TopicImage;
import hallows.model.PartitionId;
import hallows.model.TopicId;
import hallows.simulation.Mishap;
import hallows.simulation.SeededDice;
import hallows.simulation.Simulation;
import java.util.ArrayList;
import java.util.List;

/// All clients of a broker, and what they know of its partitions.
final class Crowd {
    private static final int READERS = 3;

    private final Simulation simulation;
    private final SeededDice dice;
    private final PartitionLedger.Outside outside;
    private final List<PartitionLedger> ledgers = new ArrayList<>();
    private final List<ProducingClient> producers = new ArrayList<>();
    private final List<ReadingClient> readers = new ArrayList<>();
    private final AskingClient asker;
    private List<List<Door.Client>> doors = List.of();

    /// @param cluster to which they look now and then
    /// @param calm whether whatever takes long is a fault
    /// @param narrow whether the broker has so little room that fetches may be answered early
    Crowd(Simulation simulation, SimulatedCluster cluster, boolean calm, boolean narrow) {
        this.simulation = simulation;
        this.outside =
                new PartitionLedger.Outside(
                        () -> simulation.count(Mishap.POWER_LOSS), cluster::leaderEpoch);
        this.dice = simulation.dice("crowd");
        this.asker = new AskingClient(ledgers, simulation.dice("asker"), simulation::nanos);
        for (int number = 0; number < READERS; number++) {
            readers.add(
                    new ReadingClient(
                            ledgers,
                            simulation.dice("reader " + number),
                            simulation::nanos,
                            new ReadingClient.Patience(calm, narrow)));
        }
    }

    /// A topic that this broker leads, of which its clients know before the broker does.
    ///
    /// @param batches how many some bring to each partition
    TopicImage topic(String name, TopicId id, int batches) {
        int count = 1 + dice.below(3);
        for (int index = 0; index < count; index++) {
            long first = 1L + producers.size();
            PartitionLedger ledger =
                    new PartitionLedger(new PartitionId(id, index), name, List.of(first), outside);
            ledgers.add(ledger);
            producer(ledger, new ProducingClient.Plan(first, Append.Acks.ALL, true, batches));
            Append.Acks acks = dice.oneOf(List.of(Append.Acks.values()));
            producer(ledger, new ProducingClient.Plan(first + 1, acks, false, batches / 2));
        }
        return SimulatedCluster.topic(name, id, count);
    }

    private void producer(PartitionLedger ledger, ProducingClient.Plan plan) {
        ProducingClient client =
                new ProducingClient(
                        ledger,
                        plan,
                        simulation.dice("producer " + plan.producer()),
                        simulation::nanos);
        producers.add(client);
        if (!doors.isEmpty()) {
            dice.oneOf(doors).add(client);
        }
    }

    /// They know that a topic is deleted.
    void delete(TopicId topic) {
        ledgers.stream()
                .filter(ledger -> ledger.id.topic().equals(topic))
                .forEach(PartitionLedger::delete);
    }

    /// Everybody goes to one of so many doors; those who come later come to these, too.
    List<List<Door.Client>> gatherAt(int count) {
        doors = new ArrayList<>();
        for (int door = 0; door < count; door++) {
            doors.add(new ArrayList<>());
        }
        List<Door.Client> all = new ArrayList<>(producers);
        all.addAll(readers);
        all.add(asker);
        all.forEach(one -> dice.oneOf(doors).add(one));
        return doors;
    }

    /// Whether nobody has anything to bring any more.
    boolean isDone() {
        return producers.stream().allMatch(ProducingClient::isDone);
    }

    boolean hasReadAll() {
        return readers.stream().allMatch(ReadingClient::hasReadAll);
    }

    void readAgain() {
        readers.forEach(ReadingClient::readAgain);
    }

    void expectNoDelay() {
        readers.forEach(ReadingClient::expectNoDelay);
        producers.forEach(ProducingClient::expectNoDelay);
        asker.expectNoDelay();
    }

    /// Throws what somebody has to complain of.
    void check() {
        ledgers.forEach(PartitionLedger::check);
    }

    @Override
    public String toString() {
        return "%s; %s"
                .formatted(producers.stream().filter(one -> !one.isDone()).toList(), readers);
    }
}
