package hallows.verify;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/// Doors outside: who may use clocks, threads, chance, files, sockets and other people's code.
/// Benchmarks measure the outside itself and are free, except of Kafka.
final class Outside {
    private static final String OS = "hallows.runtime.os..";
    private static final String BENCH = "hallows.bench..";
    private static final String SERVER = "hallows.server..";
    private static final String SIMULATION = "hallows.simulation..";

    /// Adapters to Kafka's internals: `hallows.log.kafka`, `hallows.cluster.kafka`,
    /// `hallows.broker.kafka`.
    private static final String ADAPTERS = "hallows.*.kafka..";

    /// Kafka's quorum has files and addresses of its own; what makes it takes them.
    private static final String QUORUM = "hallows.cluster.kafka..";

    private static final String ADDRESS = "java\\.net\\.InetSocketAddress";

    /// Generated messages, and what all of them are.
    private static final String MESSAGES =
            "org\\.apache\\.kafka\\.common\\.(message\\..*|protocol\\.(Api)?Message)";

    private Outside() {}

    static List<ArchRule> rules() {
        return Stream.concat(world().stream(), libraries().stream()).toList();
    }

    private static List<ArchRule> world() {
        return List.of(
                calls(
                        "clocks",
                        "java\\.lang\\.System\\.(nanoTime|currentTimeMillis)|java\\.time\\..*\\.now"
                                + "|java\\.time\\.Clock\\.system.*|java\\.util\\.Date\\.<init>",
                        List.of(OS, BENCH)),
                calls(
                        "threads",
                        "java\\.lang\\.Thread\\.(<init>|of.*|start.*|sleep|join)"
                                + "|java\\.util\\.concurrent\\.(Executors\\..*|TimeUnit\\.sleep)"
                                + "|java\\.util\\.concurrent\\.CompletableFuture\\..*Async",
                        // The simulation lets blocking jobs run on threads of their own, one at a
                        // time;
                        // the server waits for the end and for signals.
                        List.of(OS, BENCH, SIMULATION, SERVER)),
                classes(
                        "pools of threads",
                        nameMatching(
                                "java\\.util\\.(Timer|concurrent\\.(ForkJoinPool|.*ThreadPoolExecutor))"),
                        List.of(OS, BENCH)),
                calls(
                        "chance",
                        "java\\.lang\\.Math\\.random|java\\.util\\.UUID\\.randomUUID"
                                + "|java\\.util\\.Collections\\.shuffle",
                        List.of(OS, BENCH)),
                classes(
                        "generators of chance",
                        nameMatching(
                                "java\\.util\\.(Random|SplittableRandom|random\\..*)"
                                        + "|java\\.util\\.concurrent\\.ThreadLocalRandom"
                                        + "|java\\.security\\.SecureRandom"),
                        List.of(OS, BENCH)),
                classes(
                        "files",
                        nameMatching(
                                "java\\.nio\\.file\\.(Files|FileSystems?)"
                                        + "|java\\.io\\.(File|RandomAccessFile|File.*(Stream|Reader|Writer))"),
                        List.of(OS, BENCH, QUORUM)),
                classes(
                        "sockets and channels",
                        resideInAnyPackage("java.net..", "java.nio.channels..")
                                .and(DescribedPredicate.not(nameMatching(ADDRESS))),
                        List.of(OS, BENCH)),
                classes("addresses", nameMatching(ADDRESS), List.of(OS, BENCH, QUORUM)),
                classes(
                        "native calls",
                        nameMatching("java\\.lang\\.foreign\\.(Linker|SymbolLookup).*"),
                        List.of(OS, BENCH)));
    }

    private static List<ArchRule> libraries() {
        return List.of(
                classes("Netty", resideInAnyPackage("io.netty.."), List.of(OS, BENCH)),
                classes(
                        "JCTools",
                        resideInAnyPackage("org.jctools.."),
                        List.of("hallows.runtime", OS, BENCH)),
                classes("picocli", resideInAnyPackage("picocli.."), List.of(SERVER, BENCH)),
                classes(
                        "Kafka's wire format",
                        resideInAnyPackage("org.apache.kafka.common..")
                                .and(DescribedPredicate.not(nameMatching(MESSAGES))),
                        List.of("hallows.kafka..", ADAPTERS)),
                classes(
                        "Kafka's messages",
                        nameMatching(MESSAGES),
                        List.of("hallows.kafka..", "hallows.cluster", ADAPTERS)),
                classes(
                        "Kafka's internals",
                        resideInAnyPackage("org.apache.kafka..")
                                .and(
                                        DescribedPredicate.not(
                                                resideInAnyPackage("org.apache.kafka.common.."))),
                        List.of(ADAPTERS)));
    }

    private static ArchRule classes(
            String what, DescribedPredicate<? super JavaClass> doors, List<String> homes) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes.toArray(String[]::new))
                .should()
                .dependOnClassesThat(doors)
                .as(what + " are only for " + homes);
    }

    private static ArchRule calls(String what, String doors, List<String> homes) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes.toArray(String[]::new))
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe(
                                what,
                                (JavaAccess<?> access) ->
                                        (access.getTargetOwner().getName() + "." + access.getName())
                                                .matches(doors)))
                .as(what + " are only for " + homes);
    }
}
