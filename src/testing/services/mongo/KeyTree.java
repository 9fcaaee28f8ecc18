import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Ordered keys to document positions, in memory: rebuilt from the documents when a collection is opened. */
final class KeyTree implements Searchable {
  private static final Comparator<Object> VALUES = ValueComparator.ascWithoutListHandling();
  private static final Set<String> RANGE = Set.of("$gt", "$gte", "$lt", "$lte");

  private final TreeMap<KeyValue, Set<Object>> tree = new TreeMap<>(KeyTree::compare);
  private final List<String> keys;

  KeyTree(List<String> keys) {
    this.keys = keys;
  }

  private static int compare(KeyValue one, KeyValue other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = VALUES.compare(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  synchronized void put(KeyValue key, Object position) {
    tree.computeIfAbsent(key, missing -> new LinkedHashSet<>()).add(position);
  }

  synchronized void remove(KeyValue key, Object position) {
    Set<Object> positions = tree.get(key);
    if (positions != null && positions.remove(position) && positions.isEmpty()) {
      tree.remove(key);
    }
  }

  synchronized Object first(KeyValue key) {
    Set<Object> positions = tree.get(key);
    return positions == null ? null : positions.iterator().next();
  }

  synchronized Map<KeyValue, Set<Object>> copy() {
    return new TreeMap<>(tree);
  }

  synchronized int size() {
    return tree.size();
  }

  @Override
  public int usefulness(Document query) {
    int equal = 0;
    while (equal < keys.size() && equalTo(query.get(keys.get(equal))) != null) {
      equal++;
    }
    if (equal == 0) {
      return isIn(query.get(keys.get(0))) || isRange(query.get(keys.get(0))) ? 1 : 0;
    }
    boolean range = equal < keys.size() && isRange(query.get(keys.get(equal)));
    return 2 * equal + (range ? 1 : 0);
  }

  @Override
  public synchronized Collection<Object> candidates(Document query) {
    Object first = query.get(keys.get(0));
    Set<Object> found = new LinkedHashSet<>();
    if (equalTo(first) == null && isIn(first)) {
      for (Object value : (Collection<?>) ((Document) first).get("$in")) {
        collect(new Bounds(List.of(value), null, null), found);
      }
    } else {
      collect(boundsOf(query), found);
    }
    return found;
  }

  private Bounds boundsOf(Document query) {
    List<Object> prefix = new ArrayList<>();
    for (String key : keys) {
      Object value = equalTo(query.get(key));
      if (value == null) {
        Document range = isRange(query.get(key)) ? (Document) query.get(key) : new Document();
        return new Bounds(prefix, range.getOrDefault("$gte", range.get("$gt")),
            range.getOrDefault("$lte", range.get("$lt")));
      }
      prefix.add(value);
    }
    return new Bounds(prefix, null, null);
  }

  private void collect(Bounds bounds, Set<Object> found) {
    Map<KeyValue, Set<Object>> from = bounds.start() == null ? tree : tree.tailMap(bounds.start(), true);
    for (Map.Entry<KeyValue, Set<Object>> entry : from.entrySet()) {
      if (bounds.isPast(entry.getKey())) {
        return;
      }
      found.addAll(entry.getValue());
    }
  }

  /** The value a field must have, or null when the query says it in a way no key can answer. */
  private static Object equalTo(Object condition) {
    if (condition instanceof Document) {
      Document operators = (Document) condition;
      return operators.containsKey("$eq") ? equalTo(operators.get("$eq")) : null;
    }
    boolean hasKey = !Missing.isNullOrMissing(condition) && !(condition instanceof Collection)
        && !BsonRegularExpression.isRegularExpression(condition);
    return hasKey ? condition : null;
  }

  private static boolean isIn(Object condition) {
    return condition instanceof Document && ((Document) condition).get("$in") instanceof Collection
        && ((Collection<?>) ((Document) condition).get("$in")).stream().allMatch(value -> equalTo(value) != null);
  }

  private static boolean isRange(Object condition) {
    return condition instanceof Document && ((Document) condition).entrySet().stream()
        .anyMatch(entry -> RANGE.contains(entry.getKey()) && equalTo(entry.getValue()) != null);
  }

  /** Keys that start with `prefix` and go on between `low` and `high`, both included. */
  private static final class Bounds {
    private final KeyValue prefix;
    private final KeyValue start;
    private final KeyValue end;

    Bounds(List<Object> prefix, Object low, Object high) {
      this.prefix = prefix.isEmpty() ? null : new KeyValue(prefix).normalized();
      this.start = low == null ? this.prefix : extend(prefix, low);
      this.end = high == null ? null : extend(prefix, high);
    }

    private static KeyValue extend(List<Object> prefix, Object value) {
      List<Object> values = new ArrayList<>(prefix);
      values.add(value);
      return new KeyValue(values).normalized();
    }

    KeyValue start() {
      return start;
    }

    boolean isPast(KeyValue key) {
      return (prefix != null && compareHead(key, prefix) > 0) || (end != null && compareHead(key, end) > 0);
    }

    private static int compareHead(KeyValue key, KeyValue head) {
      for (int i = 0; i < head.size(); i++) {
        int order = VALUES.compare(key.get(i), head.get(i));
        if (order != 0) {
          return order;
        }
      }
      return 0;
    }
  }
}
