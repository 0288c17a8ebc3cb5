"""What is asked, frozen: the request, its conditions and operators, whatever language it was asked in."""
