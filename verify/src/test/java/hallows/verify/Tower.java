package hallows.verify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The arrows between modules: import downward, any storey; never sideways, never up.
final class Tower {
    /// From the ground up; what is on one storey does not know its neighbours. Modules to come have
    /// their place already.
    private static final List<List<String>> STOREYS =
            List.of(
                    List.of("model", "runtime"),
                    List.of("log", "miniature"),
                    List.of("cluster"),
                    List.of("broker"),
                    List.of("pipelines", "tables", "ledger"),
                    List.of("kafka", "gateway", "redis", "postgres"),
                    List.of("server"),
                    List.of("bench"));

    private Tower() {}

    static List<ArchRule> rules() {
        List<ArchRule> rules = new ArrayList<>();
        for (int storey = 0; storey < STOREYS.size(); storey++) {
            for (String module : STOREYS.get(storey)) {
                rules.add(knowsNothingOf(module, above(storey, module)));
            }
        }
        rules.add(
                noArrow("hallows.simulation..", packages(everythingBut("model", "runtime")))
                        .because(
                                "simulation stands in for the outside world, which knows no program"));
        rules.add(
                onlyFor("hallows.miniature..", "hallows.server..", "hallows.bench..")
                        .because("the miniature proves the design and carries nothing"));
        rules.addAll(insideRuntime());
        rules.addAll(insideCluster());
        return rules;
    }

    private static ArchRule knowsNothingOf(String module, List<String> others) {
        return noArrow("hallows." + module + "..", packages(others))
                .because("imports go downward in ARCHITECTURE.md's tower");
    }

    private static ArchRule noArrow(String from, String... to) {
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .allowEmptyShould(true);
    }

    private static ArchRule onlyFor(String known, String... knowing) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(known)
                .and()
                .resideOutsideOfPackages(knowing)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(known);
    }

    private static List<String> above(int storey, String module) {
        return Stream.concat(
                        STOREYS.subList(storey, STOREYS.size()).stream().flatMap(List::stream),
                        Stream.of("simulation", "verify"))
                .filter(other -> !other.equals(module))
                .toList();
    }

    private static List<String> everythingBut(String... known) {
        return Stream.concat(STOREYS.stream().flatMap(List::stream), Stream.of("verify"))
                .filter(other -> !Arrays.asList(known).contains(other))
                .toList();
    }

    private static String[] packages(List<String> modules) {
        return modules.stream().map(module -> "hallows." + module + "..").toArray(String[]::new);
    }

    private static List<ArchRule> insideRuntime() {
        return List.of(
                noArrow("hallows.runtime", "hallows.runtime.os..", "hallows.runtime.flow..")
                        .because("a shard is built on the contract, not on one world"),
                noArrow("hallows.runtime.flow..", "hallows.runtime.os..")
                        .because("limits and balance are computed, not looked up"),
                noArrow("hallows.runtime.os..", "hallows.runtime.flow..")
                        .because("the outside world is not where limits are decided"),
                onlyFor("hallows.runtime.os..", "hallows.server..", "hallows.bench..")
                        .because("only who starts a program chooses its world"));
    }

    private static List<ArchRule> insideCluster() {
        return List.of(
                noArrow("hallows.cluster", "hallows.cluster.kafka..")
                        .because("a picture of the cluster is a value, wherever it comes from"),
                onlyFor("hallows.cluster.kafka..", "hallows.server..", "hallows.bench..")
                        .because("only who starts a node knows what it is made of"));
    }
}
