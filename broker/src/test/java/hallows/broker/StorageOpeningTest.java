package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.cluster.DirectoryId;
import hallows.cluster.NodeIds;
import hallows.cluster.TopicImage;
import hallows.log.LogOptions;
import hallows.log.PartitionDirectory;
import hallows.log.PartitionName;
import hallows.log.PartitionState;
import hallows.model.PartitionId;
import hallows.model.TopicId;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.simulation.Faults;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StorageOpeningTest {
    private static final Path ONE = Path.of("/one");
    private static final Path OTHER = Path.of("/other");
    private static final PartitionName NAME = new PartitionName("t", 0);

    private final Simulation simulation = new Simulation(0, Faults.NONE);
    private final SimNode machine = simulation.node("a");
    private final SimulatedCluster cluster = new SimulatedCluster(Map.of());
    private final TopicImage topic = SimulatedCluster.topic("t", cluster.nextId(), 1);
    private final Map<Path, DirectoryId> directories = new LinkedHashMap<>();
    private final List<Notice> notices = new ArrayList<>();

    @BeforeEach
    void oneDirectory() {
        cluster.create(topic);
        add(ONE, 1_000);
    }

    @AfterEach
    void end() {
        simulation.close();
    }

    @Test
    void theLogOfATopicThatTheClusterKnowsIsThereForItsShard() {
        make(ONE, topic.id());
        Storage storage = open().orThrow();
        assertEquals(List.of(partition()), storage.left());
        Storage.Arrival arrival = storage.take(partition());
        assertTrue(arrival != null && arrival.log() instanceof Result.Ok);
        assertEquals(List.of(), storage.left());
        assertEquals(1, storage.places().getFirst().logs().get());
    }

    @Test
    void theLogOfAnEarlierTopicOfThatNameIsPutAside() {
        make(ONE, cluster.nextId());
        assertPutAside();
    }

    @Test
    void aLogThatSaysNotWhoseItIsIsPutAside() {
        make(ONE, topic.id());
        machine.disk().delete(ONE.resolve("t-0/partition.metadata")).orThrow();
        assertPutAside();
    }

    @Test
    void aLogThatOthersAreToHaveIsPutAside() {
        make(ONE, topic.id());
        NodeIds others = NodeIds.of(SimulatedCluster.OTHER);
        cluster.replicas(topic, others, others);
        assertPutAside();
    }

    private void assertPutAside() {
        assertEquals(List.of(), open().orThrow().left());
        Notice.Stray stray = assertInstanceOf(Notice.Stray.class, notices.getLast());
        assertEquals(NAME, stray.partition());
        List<String> names = machine.disk().list(ONE).orThrow();
        assertTrue(names.contains(stray.directory().getFileName().toString()), names::toString);
        assertTrue(!names.contains("t-0"), names::toString);
    }

    /// As after each kill: many logs, and nothing to say of any of them.
    @Test
    void logsThatWereWholeAfterACrashAreCountedAndNotNamed() {
        make(ONE, topic.id());
        open().orThrow().close();
        assertEquals(List.of(new Notice.ReadThrough(ONE, 1)), notices);
    }

    @Test
    void whatWasDeletedIsRemoved() {
        make(ONE, topic.id());
        Storage before = open().orThrow();
        new PartitionDirectory(before.places().getFirst().held(), NAME)
                .mark(PartitionState.DELETE, "0123456789abcdef0123456789abcdef")
                .orThrow();
        before.close();

        open().orThrow();
        List<String> names = machine.disk().list(ONE).orThrow();
        assertTrue(names.stream().noneMatch(name -> name.endsWith("-delete")), names::toString);
    }

    @Test
    void aLogThatCannotBeOpenedIsOfflineAndTheOthersAreNot() {
        TopicImage second = SimulatedCluster.topic("u", cluster.nextId(), 1);
        cluster.create(second);
        make(ONE, topic.id());
        machine.disk().createDirectories(ONE.resolve("u-0")).orThrow();
        Storage before = open().orThrow();
        new PartitionDirectory(before.places().getFirst().held(), new PartitionName("u", 0))
                .make(second.id(), options("u"), machine.clock())
                .orThrow();
        before.close();
        Path file = ONE.resolve("t-0/leader-epoch-checkpoint");
        machine.disk().createDirectories(file).orThrow();

        Storage storage = open().orThrow();
        assertEquals(
                List.of(NAME),
                notices.stream()
                        .filter(Notice.Unopened.class::isInstance)
                        .map(notice -> ((Notice.Unopened) notice).partition())
                        .toList());
        Storage.Arrival offline = storage.take(partition());
        assertTrue(offline != null && offline.log() instanceof Result.Failed);
        Storage.Arrival other = storage.take(new PartitionId(second.id(), 0));
        assertTrue(other != null && other.log() instanceof Result.Ok);
    }

    @Test
    void aPartitionInTwoDirectoriesIsForSomebodyToDecide() {
        add(OTHER, 1_001);
        make(ONE, topic.id());
        make(OTHER, topic.id());
        Fault why = assertInstanceOf(Result.Failed.class, open()).fault();
        assertEquals(Fault.Kind.EXISTS, why.kind());
        assertTrue(why.message().contains("/one") && why.message().contains("/other"));

        // Nothing is held, and when one is moved away, all is well.
        machine.disk().rename(OTHER.resolve("t-0"), Path.of("/t-0")).orThrow();
        assertEquals(List.of(partition()), open().orThrow().left());
    }

    @Test
    void whoIsInterruptedHasOpenedNothing() {
        make(ONE, topic.id());
        Thread.currentThread().interrupt();
        Fault why = assertInstanceOf(Result.Failed.class, open()).fault();
        assertTrue(Thread.interrupted());
        assertTrue(why.message().contains("/one") && why.message().contains("interrupted"));
        assertEquals(List.of(partition()), open().orThrow().left());
    }

    @Test
    void aNewLogGoesWhereTheClusterWantsItOrWhereThereAreFewest() {
        add(OTHER, 1_001);
        make(ONE, topic.id());
        Storage storage = open().orThrow();
        assertEquals(OTHER, storage.choose(DirectoryId.UNASSIGNED).held().path());
        assertEquals(ONE, storage.choose(new DirectoryId(7, 1_000)).held().path());
    }

    @Test
    void aDirectoryIsOnePartitionsUntilItIsGivenBack() {
        Storage storage = open().orThrow();
        PartitionDirectory directory =
                new PartitionDirectory(storage.places().getFirst().held(), NAME);
        Partition first = new Partition(partition());
        Partition second = new Partition(partition());
        assertTrue(storage.claim(directory, first));
        assertTrue(storage.claim(directory, first));
        assertTrue(!storage.claim(directory, second));
        storage.release(directory);
        assertTrue(storage.claim(directory, second));
        assertTrue(!storage.isClaimed(directory, first));
    }

    private void add(Path directory, long id) {
        machine.disk().createDirectories(directory).orThrow();
        directories.put(directory, new DirectoryId(7, id));
    }

    private PartitionId partition() {
        return BrokerRig.first(topic);
    }

    /// Makes a log by hand, as a broker has left it.
    private void make(Path directory, TopicId id) {
        Storage storage = open().orThrow();
        Storage.Place place =
                storage.places().stream()
                        .filter(each -> each.held().path().equals(directory))
                        .findFirst()
                        .orElseThrow();
        new PartitionDirectory(place.held(), NAME)
                .make(id, options("t"), machine.clock())
                .orThrow();
        storage.close();
        notices.clear();
    }

    private LogOptions options(String name) {
        return LogSettings.USUAL.options(cluster.image().configs().topic(name));
    }

    private Result<Storage> open() {
        StorageOpening.Site site =
                new StorageOpening.Site(
                        machine.disk(),
                        machine.clock(),
                        simulation.dice("opening"),
                        SimulatedCluster.NODE,
                        LogSettings.USUAL,
                        notices::add);
        return new StorageOpening(site, new Pictures(cluster.image()))
                .open(directories, Runnable::run, 1);
    }
}
