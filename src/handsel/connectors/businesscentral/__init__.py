"""Microsoft Dynamics 365 Business Central, by its API v2.0 (erp 8).

kind ── settings, what is opened
  └── delivering ── one order: looked up, made, completed, compared
        ├── order_bodies ── what an order of ours is there
        ├── known ── their customers, items, units and accounts by number
        └── client ── requests with tokens (`tokens`), over kept connections (`wire`)
"""
